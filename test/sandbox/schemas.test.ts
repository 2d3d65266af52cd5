import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations, visible } from '../../src/sandbox/operations.ts';
import { demoEstate, startSandbox, type Resource, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, type Client } from './client.ts';

/** JSON schemas made from Microsoft's API definitions; not part of the project. They reject unknown properties. */
const folder = new URL('../../../shared/arm/schemas/', import.meta.url);
const present = existsSync(folder);
const title = present ? 'payloads validate against the schemas of Azure' : 'payloads are not validated: there is no folder ../shared/arm/schemas';

/** Which schema stands for a type at an api-version that is served. */
const schemaOf: Readonly<Record<string, readonly [file: string, version: string]>> = {
  'Microsoft.DocumentDB 2026-03-15': ['Microsoft.DocumentDB.2026-03-15', '2026-03-15'],
  'Microsoft.DocumentDB 2026-04-01-preview': ['Microsoft.DocumentDB.2026-04-01-preview', '2026-04-01-preview'],
  // The newest published; the shapes of 2026-01-01 are the same.
  'Microsoft.Network 2026-01-01': ['Microsoft.Network.2025-09-01', '2025-09-01'],
  'Microsoft.Network 2024-06-01': ['Microsoft.Network.privateDns.2024-06-01', '2024-06-01'],
  'Microsoft.Authorization 2020-05-01': ['Microsoft.Authorization.locks.2020-05-01', '2020-05-01'],
  'Microsoft.Insights 2021-05-01-preview': ['Microsoft.Insights.2021-05-01-preview', '2021-05-01-preview'],
  'Microsoft.Security 2019-01-01': ['Microsoft.Security.atp.2019-01-01', '2019-01-01'],
  'Microsoft.Security 2024-01-01': ['Microsoft.Security.pricings.2024-01-01', '2024-01-01'],
};

/** Types of which there is no schema here; their payloads follow the examples of the API definitions. */
const withoutSchema: ReadonlySet<string> = new Set([
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.DocumentDB/cassandraClusters',
  'Microsoft.DocumentDB/mongoClusters',
  'Microsoft.DocumentDB/mongoClusters/firewallRules',
  'Microsoft.Insights/activityLogAlerts',
  'Microsoft.Network/networkWatchers',
  'Microsoft.Network/privateDnsZones/A',
]);

/** Types that have a schema only as a part of others, or as one of a family. */
const definitionOf: Readonly<Record<string, string>> = {
  'Microsoft.DocumentDB/databaseAccounts/cassandraRoleDefinitions': 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
  'Microsoft.DocumentDB/databaseAccounts/gremlinRoleDefinitions': 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
  'Microsoft.DocumentDB/databaseAccounts/tableRoleDefinitions': 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
  'Microsoft.Network/publicIPAddresses': 'PublicIPAddress',
};

interface Schema {
  readonly resources: Readonly<Record<string, object>>;
  readonly definitions: Readonly<Record<string, object>>;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const validators = new Map<string, ValidateFunction>();

function validatorOf(type: string, served: string): ValidateFunction {
  const key = `${type}@${served}`;
  const made = validators.get(key) ?? compiled(type, served);
  validators.set(key, made);
  return made;
}

function compiled(type: string, served: string): ValidateFunction {
  const [file, version] = schemaOf[`${type.split('/')[0]} ${served}`] ?? [];
  const schema = JSON.parse(readFileSync(new URL(`${file}.schema.json`, folder), 'utf8')) as Schema;
  // The preview file has accounts and perimeter configurations only; connections look the same in both.
  const root = schema.resources[`${type}@${version}`] ?? schema.definitions[definitionOf[type] ?? ''];
  return root ? ajv.compile({ ...schema, ...root }) : compiled(type, '2026-03-15');
}

function problems(type: string, version: string, resource: unknown): string[] {
  if (withoutSchema.has(type)) return [];
  const validate = validatorOf(type, version);
  return validate(resource) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${(resource as Resource).id} ${instancePath} ${message} ${JSON.stringify(params)}`);
}

const estate = demoEstate();

describe.skipIf(!present)(title, () => {
  const shapes = operations.flatMap(({ type, versions }) => Object.entries(versions).map(([version, leftOut]) => ({ type, version, leftOut })));

  test.each(shapes)('every $type at $version', ({ type, version, leftOut }) => {
    const resources = estate.resources.filter(resource => resource.type.toLowerCase() === type.toLowerCase());
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.flatMap(resource => problems(type, version, visible(resource, leftOut)))).toEqual([]);
  });

  test('no resource is of a type that is not served', () => {
    const served = new Set(operations.map(({ type }) => type.toLowerCase()));
    expect(estate.resources.filter(({ type }) => !served.has(type.toLowerCase()))).toEqual([]);
  });

  test('an unknown property is rejected, and so is a wrong type', () => {
    const type = 'Microsoft.DocumentDB/databaseAccounts';
    const [account] = estate.resources;
    expect(problems(type, '2026-03-15', { ...account, properties: { ...account?.properties, surprise: true } }).join()).toContain('surprise');
    expect(problems(type, '2026-04-01-preview', { ...account, properties: { ...account?.properties, disableLocalAuth: 'true' } }).join()).toContain('must be boolean');
  });

  describe('as they are served', () => {
    let sandbox: Sandbox;
    let client: Client;
    beforeAll(async () => {
      sandbox = await startSandbox();
      client = await clientOf(sandbox);
    });
    afterAll(async () => {
      client.close();
      await sandbox.stop();
    });

    test.each(shapes)('a list of $type at $version', async ({ type, version }) => {
      const one = estate.resources.find(resource => resource.type.toLowerCase() === type.toLowerCase());
      const list = one?.id.slice(0, one.id.lastIndexOf('/')) ?? '';
      const values = await client.all(`${list}?api-version=${version}`);
      expect(values.length).toBeGreaterThan(0);
      expect(values.flatMap(value => problems(type, version, value))).toEqual([]);
    });
  });
});
