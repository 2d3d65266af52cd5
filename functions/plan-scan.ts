import * as df from 'durable-functions';
import { steps } from '../src/scan/durable/app.ts';

df.app.activity('plan-scan', { handler: input => steps.plan(input) });
