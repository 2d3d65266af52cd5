import { getClient, type DurableClient } from 'durable-functions';
import { onTestFinished } from 'vitest';
import { serveDurable, type DurableEndpoint } from './durable-endpoint.ts';
import type { Engine } from './durable-engine.ts';

/** The library's own client, as a function is given it, for an engine at the other end of a connection. */
export async function clientOf(engine: Engine, answers: Parameters<typeof serveDurable>[1] = {}): Promise<{ readonly client: DurableClient; readonly endpoint: DurableEndpoint }> {
  const endpoint = await serveDurable(engine, answers);
  onTestFinished(() => endpoint.stop());
  const binding = { type: 'durableClient', name: 'client' } as const;
  const context = { options: { extraInputs: [binding] }, extraInputs: { get: () => endpoint.clientData } };
  return { client: getClient(context as unknown as Parameters<typeof getClient>[0]), endpoint };
}
