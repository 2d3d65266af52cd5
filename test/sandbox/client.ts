import { Agent, request } from 'node:https';
import type { Sandbox } from '../../src/sandbox/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed where it is JSON, null where it is empty. */
  readonly body: any;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Null: no token. Default: one for Resource Manager. */
  readonly token?: string | null;
}

/** A client of a sandbox that trusts its authority and nothing else. */
export interface Client {
  send(path: string, call?: Call): Promise<Reply>;
  /** Follows nextLink to the end. */
  all(path: string): Promise<any[]>;
  query(query: string, more?: object): Promise<Reply>;
  readonly armToken: string;
  readonly logsToken: string;
  close(): void;
}

export async function clientOf(sandbox: Sandbox): Promise<Client> {
  const { ARM_ENDPOINT = '', ARM_AUDIENCE = '', LOGS_AUDIENCE } = sandbox.environment;
  const agent = new Agent({ keepAlive: true, ca: sandbox.certificateAuthority });
  const armToken = await tokenFor(sandbox, ARM_AUDIENCE);
  const logsToken = LOGS_AUDIENCE === undefined ? '' : await tokenFor(sandbox, LOGS_AUDIENCE);

  const send = (path: string, { method = 'GET', headers = {}, body, token = armToken }: Call = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const address = path.startsWith('https:') ? path : `${ARM_ENDPOINT}${path}`;
      const outgoing = request(address, { method, agent, headers: { ...headers, ...(token !== null && { authorization: `Bearer ${token}` }) } }, incoming => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text === '' ? null : JSON.parse(text) });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const all = async (path: string): Promise<unknown[]> => {
    const values: unknown[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { status, body }: Reply = await send(next);
      if (status !== 200) throw new Error(`${status} for ${next}`);
      values.push(...body.value);
      next = body.nextLink;
    }
    return values;
  };

  const query = (text: string, more: object = {}): Promise<Reply> =>
    send('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, ...more }),
    });

  return { send, all, query, armToken, logsToken, close: () => agent.destroy() };
}

export async function tokenFor(sandbox: Sandbox, audience: string): Promise<string> {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = sandbox.environment;
  const response = await fetch(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${encodeURIComponent(audience)}`, { headers: { 'x-identity-header': IDENTITY_HEADER } });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}
