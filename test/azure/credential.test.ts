import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { expect, test } from 'vitest';
import { cloudFrom } from '../../src/azure/clouds.ts';
import { credentialFor } from '../../src/azure/credential.ts';

const cloud = cloudFrom({});

test.each([
  ['a managed identity where the platform offers one', { IDENTITY_ENDPOINT: 'http://127.0.0.1:41741/msi/token' }, ManagedIdentityCredential],
  [
    'a user-assigned identity where it is named',
    { IDENTITY_ENDPOINT: 'http://127.0.0.1:41741/msi/token', AZURE_CLIENT_ID: '11111111-1111-1111-1111-111111111111' },
    ManagedIdentityCredential,
  ],
  ['whatever a terminal has elsewhere', {}, DefaultAzureCredential],
  ['whatever a terminal has where only an identity is named', { AZURE_CLIENT_ID: '11111111-1111-1111-1111-111111111111' }, DefaultAzureCredential],
])('%s', (_, environment, expected) => {
  expect(credentialFor(cloud, environment)).toBeInstanceOf(expected);
});

test('a custom cloud leaves the authority to the identity library', () => {
  expect(credentialFor(cloudFrom({ ARM_ENDPOINT: 'https://arm.example' }), {})).toBeInstanceOf(DefaultAzureCredential);
});
