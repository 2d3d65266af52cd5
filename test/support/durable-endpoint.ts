import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from './durable-engine.ts';

/** The address at which the Functions host serves the library's durable client. */
export interface DurableEndpoint {
  /** What the host hands to a function as its durable client. */
  readonly clientData: object;
  /** Requests, as `POST orchestrators/scan/scan`. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** @param answers what is answered instead, by the beginning of the request */
export async function serveDurable(engine: Engine, answers: Readonly<Record<string, Answer>> = {}): Promise<DurableEndpoint> {
  const requests: string[] = [];
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const asked = `${request.method} ${pathname.replace('/durabletask/', '')}`;
    requests.push(asked);
    const body = await read(request);
    const instead = Object.keys(answers).find(beginning => asked.startsWith(beginning));
    return instead === undefined ? answered(engine, asked, searchParams, body) : (answers[instead] ?? { status: 500 });
  };
  const server = createServer((request, response) => {
    const give = ({ status, body }: Answer): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body));
    answerTo(request).then(give, (error: unknown) => give({ status: 500, body: String(error) }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/durabletask/`;
  return {
    clientData: { taskHubName: 'hub', creationUrls: {}, managementUrls: { id: 'INSTANCEID' }, baseUrl, rpcBaseUrl: baseUrl },
    requests,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  };
}

function answered(engine: Engine, asked: string, query: URLSearchParams, body: string): Answer {
  const [, verb = '', what = '', first = '', second = ''] = /^(\w+) (\w+)\/?([^/]*)\/?(.*)$/.exec(asked) ?? [];
  if (verb === 'POST' && what === 'orchestrators') return started(engine, first, second, body);
  if (what !== 'instances') return { status: 404 };
  if (verb === 'DELETE') return purged(engine, query);
  const instance = engine.instances.get(decodeURIComponent(first));
  if (!instance) return { status: 404 };
  if (verb === 'POST' && second === 'terminate') {
    engine.terminate(instance.id);
    return { status: 202 };
  }
  const { id, name, createdTime, input, output, status, customStatus } = instance;
  const isOver = status !== 'Running' && status !== 'Pending';
  return { status: isOver ? 200 : 202, body: { name, instanceId: id, createdTime, lastUpdatedTime: createdTime, input, output, runtimeStatus: status, customStatus } };
}

function started(engine: Engine, name: string, id: string, body: string): Answer {
  try {
    return { status: 202, body: { id: engine.start(name, id, JSON.parse(body)).id } };
  } catch (error) {
    return { status: 409, body: (error as Error).message };
  }
}

/** The host wants to know from when on. */
function purged(engine: Engine, query: URLSearchParams): Answer {
  if (!query.get('createdTimeFrom')) return { status: 400, body: 'Please provide value for "createdTimeFrom".' };
  const instancesDeleted = engine.purge(new Date(query.get('createdTimeTo') ?? ''));
  return instancesDeleted > 0 ? { status: 200, body: { instancesDeleted } } : { status: 404 };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
