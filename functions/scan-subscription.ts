import * as df from 'durable-functions';
import { steps } from '../src/scan/durable/app.ts';

df.app.activity('scan-subscription', { handler: input => steps.scanSubscription(input) });
