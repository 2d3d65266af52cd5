import { describe, expect, test } from 'vitest';
import { collectors } from '../../src/collectors/index.ts';
import { renderReaderRole } from '../../src/tools/reader-role.ts';

interface Role {
  readonly Name: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly AssignableScopes: readonly string[];
}

const role = JSON.parse(renderReaderRole(Object.values(collectors))) as Role;

/** Operations that answer with keys, connection strings or tokens, change something, or read data. */
const forbidden = [
  'Microsoft.DocumentDB/databaseAccounts/readonlykeys/read',
  'Microsoft.DocumentDB/databaseAccounts/readonlykeys/action',
  'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
  'Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action',
  'Microsoft.DocumentDB/databaseAccounts/regenerateKey/action',
  'Microsoft.DocumentDB/databaseAccounts/write',
  'Microsoft.DocumentDB/databaseAccounts/delete',
  'Microsoft.DocumentDB/databaseAccounts/notebookWorkspaces/listConnectionInfo/action',
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read',
  'Microsoft.DocumentDB/mongoClusters/listConnectionStrings/action',
  'Microsoft.DocumentDB/cassandraClusters/invokeCommand/action',
  'Microsoft.OperationalInsights/workspaces/sharedKeys/read',
  'Microsoft.OperationalInsights/workspaces/sharedKeys/action',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.KeyVault/vaults/secrets/read',
];

/** As Azure matches: without case, and `*` stands for anything, slashes included. */
function reaches(action: string, operation: string): boolean {
  const pattern = action.split('*').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`, 'i').test(operation);
}

describe('infra/reader-role.json', () => {
  test('holds every action of every collector once, sorted', () => {
    const needed = [...new Set(Object.values(collectors).flatMap(({ actions }) => actions))];
    expect(role.Actions.toSorted()).toEqual(needed.toSorted());
    const lower = role.Actions.map(action => action.toLowerCase());
    expect(lower).toEqual([...new Set(lower)].toSorted());
  });

  test('reads and does nothing else', () => {
    for (const action of role.Actions) expect(action).toMatch(/^Microsoft\.[A-Za-z]+(\/[A-Za-z]+)+\/read$/);
    expect(role).toMatchObject({ Name: 'Cosmos DB Compliance Reader', NotActions: [], DataActions: [] });
  });

  test.each(forbidden.map(operation => [operation]))('does not reach %s', operation => {
    expect(role.Actions.filter(action => reaches(action, operation))).toEqual([]);
  });

  test('a wildcard below an account would reach its keys: the check can tell', () => {
    const [readOnlyKeys = ''] = forbidden;
    const wide = ['Microsoft.DocumentDB/*/read', 'microsoft.documentdb/databaseaccounts/*', '*/read', '*', readOnlyKeys];
    expect([...wide, 'Microsoft.DocumentDB/databaseAccounts/read'].filter(action => reaches(action, readOnlyKeys))).toEqual(wide);
  });

  test('is assignable to a management group that its user names', () => {
    expect(role.AssignableScopes).toEqual(['/providers/Microsoft.Management/managementGroups/<management-group>']);
  });

  test('merges spellings of the same action', () => {
    const merged = JSON.parse(renderReaderRole([{ actions: ['Microsoft.B/b/read', 'Microsoft.A/a/read'] }, { actions: ['microsoft.b/b/read'] }])) as Role;
    expect(merged.Actions).toEqual(['Microsoft.A/a/read', 'microsoft.b/b/read']);
  });
});
