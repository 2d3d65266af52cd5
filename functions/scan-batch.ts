import * as df from 'durable-functions';
import { batchOrchestration } from '../src/scan/durable/orchestration.ts';

df.app.orchestration('scan-batch', batchOrchestration);
