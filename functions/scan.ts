import * as df from 'durable-functions';
import { scanOrchestration } from '../src/scan/durable/orchestration.ts';

df.app.orchestration('scan', scanOrchestration);
