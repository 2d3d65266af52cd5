import { expect, test } from 'vitest';
import { permits, type Permission } from '../../src/core/azure-actions.ts';

const account = 'Microsoft.DocumentDB/databaseAccounts';
const of = (actions: readonly string[], notActions: readonly string[] = []): Permission => ({ actions, notActions });

test.each<readonly [permits: boolean, actions: readonly string[], notActions: readonly string[], action: string]>([
  [true, ['*'], [], `${account}/listKeys/action`],
  [true, ['*/read'], [], `${account}/readonlykeys/read`],
  [false, ['*/read'], [], `${account}/readonlykeys/action`],
  [true, ['*/action'], [], `${account}/listKeys/action`],
  [true, [`${account}/*`], [], `${account}/write`],
  [true, ['microsoft.documentdb/DATABASEACCOUNTS/*'], [], `${account}/write`],
  [true, [`${account}/listKeys/action`], [], `${account.toLowerCase()}/listkeys/ACTION`],
  [true, ['Microsoft.DocumentDB/*/action'], [], `${account}/listConnectionStrings/action`],
  [true, ['Microsoft.*/databaseAccounts/*/action'], [], `${account}/listKeys/action`],
  [true, [`${account}/list*`], [], `${account}/listKeys/action`],
  [true, ['Microsoft.DocumentDB/**'], [], `${account}/write`],
  [false, [account], [], `${account}/write`],
  [false, [`${account}/*`], [], account],
  [false, [`${account}/write/*`], [], `${account}/write`],
  [false, ['Microsoft.DocumentDB/cassandraClusters/*'], [], `${account}/write`],
  [false, ['Microsoft.DocumentDB/*/read', 'Microsoft.Insights/*'], [], `${account}/write`],
  // The two ends of a pattern do not share text.
  [false, ['Microsoft.DocumentDB/data*database'], [], 'Microsoft.DocumentDB/database'],
  [false, ['a*a'], [], 'a'],
  [true, ['a*a'], [], 'aa'],
  [false, [], [], `${account}/write`],
  [false, [''], [], `${account}/write`],
  // Dots are dots.
  [false, ['MicrosoftxDocumentDB/*'], [], `${account}/write`],
  [false, ['*'], ['Microsoft.DocumentDB/*'], `${account}/write`],
  [false, ['*'], ['*/write'], `${account}/write`],
  [true, ['*'], [`${account}/listKeys/*`, `${account}/regenerateKey/*`], `${account}/write`],
  [false, [`${account}/*`], ['MICROSOFT.documentdb/databaseAccounts/listKEYS/*'], `${account}/listKeys/action`],
])('%s: %j without %j permits %s', (expected, actions, notActions, action) => {
  expect(permits([of(actions, notActions)], action)).toBe(expected);
});

test('what one permission leaves out, another allows', () => {
  expect(permits([of(['*'], ['*/write']), of([`${account}/write`])], `${account}/write`)).toBe(true);
  expect(permits([of(['*'], ['*/write']), of([], ['*'])], `${account}/write`)).toBe(false);
  expect(permits([], `${account}/write`)).toBe(false);
});

test('a pattern full of wildcards takes no time', () => {
  expect(permits([of([`${'*a'.repeat(500)}b`])], 'a'.repeat(2000))).toBe(false);
});
