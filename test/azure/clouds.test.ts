import { describe, expect, test } from 'vitest';
import { cloudFrom, originOf, type Cloud, type Environment } from '../../src/azure/clouds.ts';
import { Problem } from '../../src/core/problem.ts';

interface Accepted {
  readonly when: string;
  readonly given: Environment;
  readonly gives: Partial<Cloud>;
}

const publicCloud: Cloud = {
  name: 'public',
  armEndpoint: 'https://management.azure.com',
  armScope: 'https://management.azure.com/.default',
  logsScope: 'https://monitor.azure.com/.default',
  authorityHost: 'https://login.microsoftonline.com',
};
const government: Cloud = {
  name: 'usgovernment',
  armEndpoint: 'https://management.usgovcloudapi.net',
  armScope: 'https://management.usgovcloudapi.net/.default',
  logsScope: 'https://monitor.azure.us/.default',
  authorityHost: 'https://login.microsoftonline.us',
};
const china: Cloud = {
  name: 'china',
  armEndpoint: 'https://management.chinacloudapi.cn',
  armScope: 'https://management.chinacloudapi.cn/.default',
  logsScope: 'https://monitor.azure.cn/.default',
  authorityHost: 'https://login.chinacloudapi.cn',
};
const stack = 'https://management.local.azurestack.external';

const accepted: readonly Accepted[] = [
  { when: 'nothing is set', given: {}, gives: publicCloud },
  { when: 'every setting is empty', given: { AZURE_CLOUD: '', ARM_ENDPOINT: '', ARM_AUDIENCE: '', LOGS_AUDIENCE: '' }, gives: publicCloud },
  { when: 'it is public', given: { AZURE_CLOUD: 'public' }, gives: publicCloud },
  { when: 'it is usgovernment', given: { AZURE_CLOUD: 'usgovernment' }, gives: government },
  { when: 'it is china', given: { AZURE_CLOUD: 'china' }, gives: china },
  { when: 'case and blanks differ', given: { AZURE_CLOUD: ' USGovernment ' }, gives: government },
  { when: "it is the CLI's name for public", given: { AZURE_CLOUD: 'AzureCloud' }, gives: publicCloud },
  { when: "it is the SDKs' name for public", given: { AZURE_CLOUD: 'AzurePublicCloud' }, gives: publicCloud },
  { when: "it is the CLI's name for US Government", given: { AZURE_CLOUD: 'AzureUSGovernment' }, gives: government },
  { when: "it is the CLI's name for China", given: { AZURE_CLOUD: 'AzureChinaCloud' }, gives: china },
  {
    when: 'a known cloud has an audience for logs of its own',
    given: { AZURE_CLOUD: 'china', LOGS_AUDIENCE: 'https://logs.example' },
    gives: { ...china, logsScope: 'https://logs.example/.default' },
  },
  {
    when: 'only an endpoint is set',
    given: { ARM_ENDPOINT: stack },
    gives: { name: 'custom', armEndpoint: stack, armScope: `${stack}/.default`, logsScope: null, authorityHost: null },
  },
  { when: 'AZURE_CLOUD is empty beside an endpoint', given: { AZURE_CLOUD: '', ARM_ENDPOINT: stack }, gives: { name: 'custom', armEndpoint: stack } },
  {
    when: 'a custom endpoint has a port',
    given: { AZURE_CLOUD: 'custom', ARM_ENDPOINT: 'https://127.0.0.1:8443' },
    gives: { armEndpoint: 'https://127.0.0.1:8443', armScope: 'https://127.0.0.1:8443/.default' },
  },
  { when: 'a custom endpoint has the usual port', given: { AZURE_CLOUD: 'custom', ARM_ENDPOINT: 'https://arm.example:443' }, gives: { armEndpoint: 'https://arm.example' } },
  { when: 'a custom endpoint ends with a slash', given: { AZURE_CLOUD: 'custom', ARM_ENDPOINT: `${stack}/` }, gives: { armEndpoint: stack, armScope: `${stack}/.default` } },
  { when: 'a custom endpoint is written in capitals', given: { AZURE_CLOUD: 'custom', ARM_ENDPOINT: 'HTTPS://ARM.Example' }, gives: { armEndpoint: 'https://arm.example' } },
  {
    when: 'the audience is another address',
    given: { ARM_ENDPOINT: stack, ARM_AUDIENCE: 'https://management.adfs.azurestack.local/1234' },
    gives: { armScope: 'https://management.adfs.azurestack.local/1234/.default' },
  },
  {
    when: 'the audience ends with a slash, which is part of it',
    given: { ARM_ENDPOINT: stack, ARM_AUDIENCE: 'https://management.example/' },
    gives: { armScope: 'https://management.example//.default' },
  },
  { when: 'the audience is no address', given: { ARM_ENDPOINT: stack, ARM_AUDIENCE: 'urn:arm:Example' }, gives: { armScope: 'urn:arm:Example/.default' } },
  {
    when: 'the audience is a scope already',
    given: { ARM_ENDPOINT: stack, ARM_AUDIENCE: 'https://management.example/.default' },
    gives: { armScope: 'https://management.example/.default' },
  },
  {
    when: 'a custom cloud has an audience for logs',
    given: { ARM_ENDPOINT: stack, LOGS_AUDIENCE: 'https://monitor.example' },
    gives: { logsScope: 'https://monitor.example/.default' },
  },
];

interface Refused {
  readonly when: string;
  readonly given: Environment;
  /** Begins with what happened, and to what. */
  readonly says: string;
  readonly fix: string;
}

const refused: readonly Refused[] = [
  { when: 'the cloud is not known', given: { AZURE_CLOUD: 'germany' }, says: 'AZURE_CLOUD is "germany".', fix: 'Set it to one of public, usgovernment, china, custom.' },
  { when: 'the cloud is a word every object has', given: { AZURE_CLOUD: 'constructor' }, says: 'AZURE_CLOUD is "constructor".', fix: 'Set it to one of' },
  {
    when: 'a custom cloud has no endpoint',
    given: { AZURE_CLOUD: 'custom' },
    says: 'AZURE_CLOUD is custom, but ARM_ENDPOINT is not set.',
    fix: 'Set ARM_ENDPOINT to the Resource Manager endpoint',
  },
  {
    when: 'a known cloud has an endpoint too',
    given: { AZURE_CLOUD: 'public', ARM_ENDPOINT: stack },
    says: 'ARM_ENDPOINT is set, but AZURE_CLOUD is public.',
    fix: 'Unset ARM_ENDPOINT, or set AZURE_CLOUD=custom.',
  },
  {
    when: 'a known cloud has an audience too',
    given: { AZURE_CLOUD: 'china', ARM_AUDIENCE: stack },
    says: 'ARM_AUDIENCE is set, but AZURE_CLOUD is china.',
    fix: 'Unset ARM_AUDIENCE, or set AZURE_CLOUD=custom.',
  },
  { when: 'an audience stands alone', given: { ARM_AUDIENCE: stack }, says: 'ARM_AUDIENCE is set, but AZURE_CLOUD is public.', fix: 'Unset ARM_AUDIENCE' },
  {
    when: 'the endpoint is plain http',
    given: { ARM_ENDPOINT: 'http://arm.example' },
    says: 'ARM_ENDPOINT is "http://arm.example", which is not https.',
    fix: 'Set ARM_ENDPOINT to an address such as https://host',
  },
  {
    when: 'the endpoint is plain http on the loopback',
    given: { ARM_ENDPOINT: 'http://127.0.0.1:8080' },
    says: 'ARM_ENDPOINT is "http://127.0.0.1:8080", which is not https.',
    fix: 'https://host:port',
  },
  {
    when: 'the endpoint has a path',
    given: { ARM_ENDPOINT: 'https://arm.example/arm' },
    says: 'ARM_ENDPOINT is "https://arm.example/arm", which is more than scheme, host and port.',
    fix: 'Set ARM_ENDPOINT',
  },
  { when: 'the endpoint has a query', given: { ARM_ENDPOINT: 'https://arm.example?x=1' }, says: 'which is more than scheme, host and port.', fix: 'Set ARM_ENDPOINT' },
  { when: 'the endpoint has a fragment', given: { ARM_ENDPOINT: 'https://arm.example#x' }, says: 'which is more than scheme, host and port.', fix: 'Set ARM_ENDPOINT' },
  { when: 'the endpoint has a user', given: { ARM_ENDPOINT: 'https://user@arm.example' }, says: 'which is more than scheme, host and port.', fix: 'Set ARM_ENDPOINT' },
  { when: 'the endpoint has a password', given: { ARM_ENDPOINT: 'https://:secret@arm.example' }, says: 'which is more than scheme, host and port.', fix: 'Set ARM_ENDPOINT' },
  { when: 'the endpoint is a host only', given: { ARM_ENDPOINT: 'arm.example' }, says: 'ARM_ENDPOINT is "arm.example", which is not an address.', fix: 'Set ARM_ENDPOINT' },
];

describe('the cloud that settings name', () => {
  test.each(accepted)('is understood when $when', ({ given, gives }) => {
    expect(cloudFrom(given)).toMatchObject(gives);
  });

  test.each(refused)('is refused when $when', ({ given, says, fix }) => {
    const problem = problemOf(() => cloudFrom(given));
    expect(problem.message).toContain(says);
    expect(problem.fix).toContain(fix);
    expect(problem.message.endsWith(problem.fix)).toBe(true);
  });
});

test('another setting that must be an address is named in its problem', () => {
  expect(problemOf(() => originOf('LOGS_INGESTION_ENDPOINT', 'ftp://x')).message).toBe(
    'LOGS_INGESTION_ENDPOINT is "ftp://x", which is not https. Set LOGS_INGESTION_ENDPOINT to an address such as https://host or https://host:port.',
  );
});

function problemOf(call: () => unknown): Problem {
  try {
    call();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}
