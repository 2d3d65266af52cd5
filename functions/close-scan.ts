import * as df from 'durable-functions';
import { steps } from '../src/scan/durable/app.ts';

df.app.activity('close-scan', { handler: input => steps.close(input) });
