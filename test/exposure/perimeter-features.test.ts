import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { known, unknown, type Fact } from '../../src/core/fact.ts';
import type { LogStoreFeature, PerimeterFeatures } from '../../src/core/perimeter-features.ts';
import type { PreviewSettings } from '../../src/core/preview.ts';
import { perimeterFeaturesOf } from '../../src/exposure/perimeter-features.ts';
import { account, association, perimeterId, preview } from '../support/builders.ts';

const periodic = { type: 'Periodic', intervalMinutes: 240, retentionHours: 8, redundancy: 'Geo', migratingTo: null } as const;
const withKey = (differences: Partial<Account> = {}) => known(account({ keyVaultKeyUri: 'https://kv.vault.azure.net/keys/k', backup: periodic, ...differences }), ['GET account']);
const inPerimeter = known([association()], ['GET configurations']);
const previewed = (differences: Partial<PreviewSettings> = {}) => known(preview(differences), ['GET previews']);
const denied = unknown('denied', 'Not allowed.', ['GET it'], 'Some/thing/read');

const judged = (inUse: LogStoreFeature[], unread: LogStoreFeature[] = []): Partial<Fact<PerimeterFeatures>> => ({ known: true, value: { state: 'judged', perimeters: [perimeterId], inUse, unread } });

describe('the combination is of three', () => {
  test('without a customer-managed key there is none, whatever else is not known', () => {
    expect(perimeterFeaturesOf(known(account({ analyticalStore: true })), denied, denied)).toMatchObject({ known: true, value: { state: 'noKey' } });
  });

  test('outside perimeters there is none, whatever previews say', () => {
    expect(perimeterFeaturesOf(withKey({ analyticalStore: true }), known([]), denied)).toMatchObject({ known: true, value: { state: 'noPerimeter' } });
  });

  test('without features there is none', () => {
    expect(perimeterFeaturesOf(withKey(), inPerimeter, previewed())).toMatchObject({ ...judged([]), sources: ['GET account', 'GET configurations', 'GET previews'] });
  });
});

describe('each feature counts', () => {
  test.each<readonly [LogStoreFeature, Partial<Account>, Partial<PreviewSettings>]>([
    ['analyticalStore', { analyticalStore: true }, {}],
    ['allVersionsAndDeletesChangeFeed', {}, { allVersionsAndDeletesChangeFeed: true }],
    ['materializedViews', {}, { materializedViews: true }],
    ['pointInTimeRestore', { backup: { type: 'Continuous', tier: 'Continuous7Days', migratingTo: null } }, {}],
    ['pointInTimeRestore', { backup: { ...periodic, migratingTo: 'Continuous' } }, {}],
  ])('%s', (feature, differences, previews) => {
    expect(perimeterFeaturesOf(withKey(differences), inPerimeter, previewed(previews))).toMatchObject(judged([feature]));
  });

  test('together', () => {
    const all = perimeterFeaturesOf(withKey({ analyticalStore: true, backup: { type: 'Continuous', tier: null, migratingTo: null } }), inPerimeter, previewed({ materializedViews: true, allVersionsAndDeletesChangeFeed: true }));
    expect(all).toMatchObject(judged(['analyticalStore', 'allVersionsAndDeletesChangeFeed', 'materializedViews', 'pointInTimeRestore']));
  });
});

describe('what is not known', () => {
  test('is the account, or its associations', () => {
    expect(perimeterFeaturesOf(denied, inPerimeter, previewed())).toBe(denied);
    expect(perimeterFeaturesOf(withKey({ analyticalStore: true }), denied, previewed())).toBe(denied);
  });

  test('is the preview, where nothing else decides', () => {
    expect(perimeterFeaturesOf(withKey(), inPerimeter, denied)).toBe(denied);
  });

  test('is not the preview, where a feature of the stable version is in use', () => {
    expect(perimeterFeaturesOf(withKey({ analyticalStore: true }), inPerimeter, denied)).toMatchObject(judged(['analyticalStore'], ['allVersionsAndDeletesChangeFeed', 'materializedViews']));
  });

  test.each<readonly [string, Account['backup'], string]>([
    ['left out', null, 'Azure leaves the backup policy of account orders out.'],
    ['of a new type', { type: 'unrecognised', text: 'Vaulted', migratingTo: null }, 'is of type Vaulted, which this version does not know.'],
  ])('is a backup policy that is %s, unless a feature decides', (_, backup, says) => {
    expect(perimeterFeaturesOf(withKey({ backup }), inPerimeter, previewed())).toMatchObject({ known: false, detail: expect.stringContaining(says) });
    expect(perimeterFeaturesOf(withKey({ backup }), inPerimeter, previewed({ materializedViews: true }))).toMatchObject(judged(['materializedViews'], ['pointInTimeRestore']));
  });
});

test('an account with two associations in one perimeter names it once', () => {
  expect(perimeterFeaturesOf(withKey(), known([association(), association()]), previewed())).toMatchObject(judged([]));
});

test.each(['allVersionsAndDeletesChangeFeed', 'materializedViews'] as const)('a feature that Azure does not tell of is not off: %s', feature => {
  expect(perimeterFeaturesOf(withKey({}), inPerimeter, previewed({ [feature]: null }))).toMatchObject({ known: false, reason: 'missing', detail: expect.stringContaining(feature) });
});
