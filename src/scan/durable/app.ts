import { scanSteps } from './steps.ts';
import { workerFrom } from './worker.ts';

/** The activities as this process runs them, with its application settings. */
export const steps = scanSteps(() => workerFrom(process.env));
