import { createRequire } from 'node:module';
import type { OrchestrationContext, OrchestrationHandler } from 'durable-functions';
import { batchOrchestration, scanOrchestration } from '../../src/scan/durable/orchestration.ts';
import type { RegisteredOrchestrator } from './durable-engine.ts';

/** What `df.app.orchestration` hands to the worker; the library exports it to nobody. */
const { createOrchestrator } = createRequire(import.meta.url)('durable-functions/lib/src/util/testingUtils') as { createOrchestrator(this: void, handler: OrchestrationHandler): RegisteredOrchestrator };

export const registered = (handler: (context: OrchestrationContext) => ReturnType<OrchestrationHandler>): RegisteredOrchestrator => createOrchestrator(handler);

/** The app's own. */
export const orchestrators: Readonly<Record<string, RegisteredOrchestrator>> = { scan: registered(scanOrchestration), 'scan-batch': registered(batchOrchestration) };
