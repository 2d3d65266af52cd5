import { describe, expect, test } from 'vitest';
import { RefusedRequestError } from '../../src/azure/errors.ts';
import { refuseUnlessAllowed, type Allowance } from '../../src/azure/guard.ts';

const origin = 'https://management.azure.com';
const allowance: Allowance = { origin, posts: [/^\/providers\/microsoft\.resourcegraph\/resources$/i] };
const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/data';
const account = `${group}/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const graph = '/providers/Microsoft.ResourceGraph/resources';

const send = (method: string, address: string) => () => refuseUnlessAllowed(method, address, allowance);

describe('a GET of what is not a key is allowed', () => {
  test.each([
    '/subscriptions?api-version=2022-12-01',
    '/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15',
    `${account}/networkSecurityPerimeterConfigurations`,
    `${account}/sqlRoleAssignments`,
    `${account}/providers/Microsoft.Insights/diagnosticSettings`,
    `${group}/providers/Microsoft.Network/networkSecurityPerimeters/production/profiles/default/accessRules?$skipToken=listKeys`,
    '/providers/Microsoft.Management/managementGroups/corp/descendants',
    `/${account}/providers/Microsoft.Insights/diagnosticSettings`,
  ])('%s', path => {
    expect(send('GET', `${origin}${path}`)).not.toThrow();
  });
});

/** A name is a name: only types and actions tell what an address answers with. */
describe('a resource may be named like a key', () => {
  test.each([
    '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/keys/providers/Microsoft.Network/networkSecurityPerimeters/production/links',
    `${group}/providers/Microsoft.Network/networkSecurityPerimeters/keys/profiles`,
    `${group}/providers/Microsoft.Network/networkSecurityPerimeters/my-listkeys/profiles/listKeys/accessRules`,
    `${group}/providers/Microsoft.DocumentDB/databaseAccounts/monkeys/networkSecurityPerimeterConfigurations`,
    `${group}/providers/Microsoft.DocumentDB/databaseAccounts/readonlykeys/providers/Microsoft.Insights/diagnosticSettings`,
    '/providers/Microsoft.Management/managementGroups/secrets/descendants',
  ])('%s', path => {
    expect(send('GET', `${origin}${path}`)).not.toThrow();
  });
});

const actions = [
  'listKeys',
  'readonlykeys',
  'listReadOnlyKeys',
  'listConnectionStrings',
  'regenerateKey',
  'listSecrets',
  'keys',
  'sharedKeys',
  'listAdminKeys',
  'listCredentials',
  'listAccountSas',
  'listConnectionInfo',
  'listToken',
  'retrieveRegistrationToken',
  'retrievePassword',
] as const;
const spellings: Readonly<Record<string, (action: string) => string>> = {
  'as documented': action => action,
  'in lower case': action => action.toLowerCase(),
  'in capitals': action => action.toUpperCase(),
  'in mixed case': action => Array.from(action, (letter, place) => (place % 2 ? letter.toUpperCase() : letter.toLowerCase())).join(''),
  'percent-encoded': action => Array.from(action, letter => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  'encoded twice': action => `%25${action.charCodeAt(0).toString(16)}${action.slice(1)}`,
  'with a slash behind it': action => `${action}/`,
  'with more behind it': action => `${action}/default`,
  'with a parameter behind it': action => `${action};v=1`,
  'with a blank behind it': action => `${action}%20`,
  'with a dot behind it': action => `${action}.`,
  'with a query': action => `${action}?api-version=2026-03-15`,
  'behind a detour': action => `x/../${action}`,
  'behind an encoded detour': action => `x/%2e%2e/${action}`,
  'behind a backslash': action => `x\\..\\${action}`,
  'behind two slashes': action => `/${action}`,
};

describe.each(Object.entries(spellings))('what answers with keys is refused %s', (_, spell) => {
  test.each(actions)('%s', action => {
    for (const method of ['GET', 'POST', 'HEAD']) expect(send(method, `${origin}${account}/${spell(action)}`)).toThrow(RefusedRequestError);
  });
});

describe('what answers with keys is refused wherever it hides', () => {
  test.each([
    `${account.replace('/databaseAccounts/', '%2FdatabaseAccounts%2F')}%2Freadonlykeys`,
    `/${account}/readonlykeys`,
    `${account.replace('/resourceGroups', '//resourceGroups')}/readonlykeys`,
    `/arm${account}/readonlykeys`,
    `${account}/sqlDatabases/one/listKeys`,
    '/subscriptions/11111111-1111-1111-1111-111111111111/listKeys',
    '/providers/Microsoft.DocumentDB/listKeys',
    '/listKeys',
  ])('%s', path => {
    expect(send('GET', `${origin}${path}`)).toThrow('keys are never read');
  });
});

describe('what is not plainly encoded is refused', () => {
  test.each([`${account}/%`, `${account}/%zz`, `${account}/%c3%28`, `${account}/100%25`, `${account}/%252e`])('%s', path => {
    expect(send('GET', `${origin}${path}`)).toThrow(RefusedRequestError);
  });
});

describe('nothing is ever changed', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'get', 'Post', ''])('%s is refused', method => {
    expect(send(method, `${origin}${account}`)).toThrow('nothing in Azure is ever changed');
    expect(send(method, `${origin}${graph}`)).toThrow('nothing in Azure is ever changed');
  });

  test.each([account, `${account}/failoverPriorityChange`, `${graph}History`, `${graph}/more`, `${graph}/`, `/subscriptions/x${graph}`, `/x/..${account}`])(
    'a POST to %s is refused',
    path => {
      expect(send('POST', `${origin}${path}`)).toThrow('nothing in Azure is ever changed');
    },
  );

  test.each([graph, graph.toLowerCase(), graph.toUpperCase(), `${graph}?api-version=2024-04-01`, graph.replace('resources', '%72esources')])(
    'a POST to %s asks Resource Graph',
    path => {
      expect(send('POST', `${origin}${path}`)).not.toThrow();
    },
  );
});

describe('no other host is spoken to', () => {
  test.each([
    'https://evil.example/subscriptions',
    'https://management.azure.com.evil.example/subscriptions',
    'https://management.azure.com@evil.example/subscriptions',
    'https://management.azure.com:8443/subscriptions',
    'https://management.azure.com./subscriptions',
    'https://login.management.azure.com/subscriptions',
    'http://management.azure.com/subscriptions',
    'ftp://management.azure.com/subscriptions',
    'https://management.usgovcloudapi.net/subscriptions',
    'https://xn--mnagement-51a.azure.com/subscriptions',
  ])('%s', address => {
    for (const method of ['GET', 'POST']) expect(send(method, address)).toThrow(`this client speaks to ${origin} only`);
  });

  test.each(['https://management.azure.com:443/subscriptions', 'HTTPS://Management.Azure.COM/subscriptions'])('%s is the same one', address => {
    expect(send('GET', address)).not.toThrow();
  });
});

test('the message says what was refused and why', () => {
  expect(send('GET', `${origin}${account}/readonlykeys`)).toThrow(`Refused GET ${account}/readonlykeys: keys are never read.`);
  expect(send('DELETE', `${origin}${account}`)).toThrow(`Refused DELETE ${account}: nothing in Azure is ever changed.`);
});

describe('a container of blobs of its own', () => {
  const storage = 'https://contoso.blob.core.windows.net';
  const own: Allowance = { origin: storage, posts: [], ownContainer: '/cosmos-compliance' };
  const ask = (method: string, path: string) => () => refuseUnlessAllowed(method, `${storage}${path}`, own);

  test.each([
    ['GET', '/cosmos-compliance/outbox/1.json.gz'],
    ['PUT', '/cosmos-compliance/outbox/1.json.gz'],
    ['DELETE', '/cosmos-compliance/outbox/1.json.gz'],
    ['GET', '/cosmos-compliance?restype=container&comp=list&prefix=outbox%2F&marker=x'],
    ['PUT', '/cosmos-compliance?restype=container'],
    ['PUT', '/cosmos-compliance/memory/tokens/keys'],
  ])('%s %s is its own matter', (method, path) => {
    expect(ask(method, path)).not.toThrow();
  });

  test.each([
    ['DELETE', '/cosmos-compliance?restype=container', 'the container itself'],
    ['DELETE', '/cosmos-compliance', 'the container itself'],
    ['PUT', '/cosmos-compliance', 'no container'],
    ['PUT', '/cosmos-compliance?restype=container&comp=acl', 'who may read it'],
    ['PUT', '/cosmos-compliance?restype=container&Comp=metadata', 'what is said of it'],
    ['GET', '/cosmos-compliance?restype=container&comp=acl', 'who may read it'],
    ['GET', '/cosmos-compliance?restype=container', 'what is said of it'],
    ['GET', '/?comp=list', 'other containers'],
    ['GET', '/other/blob', 'another container'],
    ['PUT', '/other/blob', 'another container'],
    ['DELETE', '/cosmos-compliance2/blob', 'a container whose name begins alike'],
    ['PUT', '/Cosmos-Compliance/blob', 'a container in other letters'],
    ['PUT', '/cosmos-compliance/../other/blob', 'another container, by a detour'],
    ['PUT', '/cosmos-compliance/..%2fother%2fblob', 'another container, by an encoded detour'],
    ['PUT', '/cosmos-compliance/..%5cother%5cblob', 'another container, by a backslash'],
    ['PUT', '/cosmos-compliance/blob?comp=lease', 'a lease'],
    ['PUT', '/cosmos-compliance/blob?restype=container', 'a container for a blob'],
    ['POST', '/cosmos-compliance/blob', 'another method'],
    ['HEAD', '/cosmos-compliance/blob', 'another method'],
    ['POST', '/?restype=service&comp=userdelegationkey', 'a key'],
  ])('%s %s is refused: %s', (method, path) => {
    expect(ask(method, path)).toThrow(RefusedRequestError);
    expect(ask(method, path)).toThrow(/only the blobs of \/cosmos-compliance are/);
  });

  test('is of one host', () => {
    expect(() => refuseUnlessAllowed('PUT', 'https://fabrikam.blob.core.windows.net/cosmos-compliance/blob', own)).toThrow(`this client speaks to ${storage} only`);
  });

  test.each(['PUT', 'DELETE'])("is no other client's: %s stays refused", method => {
    expect(send(method, `${origin}/cosmos-compliance/blob`)).toThrow('nothing in Azure is ever changed');
  });
});
