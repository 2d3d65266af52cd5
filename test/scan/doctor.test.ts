import { describe, expect, test } from 'vitest';
import { collectors } from '../../src/collectors/index.ts';
import { allControls } from '../../src/controls/index.ts';
import { collectedBy } from '../../src/scan/collected-by.ts';
import { missingActions } from '../../src/scan/doctor.ts';

const all = Object.values(collectors).flatMap(({ actions }) => actions);

describe('missingActions', () => {
  test.each([
    { when: 'everything may be read', own: [{ actions: ['*/read'], notActions: [] }], missing: [] },
    { when: "exactly the collectors' actions are granted", own: [{ actions: all, notActions: [] }], missing: [] },
    { when: 'one is taken out again', own: [{ actions: ['*/read'], notActions: ['Microsoft.Authorization/locks/read'] }], missing: ['Microsoft.Authorization/locks/read'] },
    {
      when: 'one permission takes out what another grants',
      own: [
        { actions: ['*/read'], notActions: ['Microsoft.Authorization/locks/read'] },
        { actions: ['Microsoft.Authorization/locks/read'], notActions: [] },
      ],
      missing: [],
    },
  ])('names what is missing when $when', ({ own, missing }) => {
    expect(missingActions(own).map(({ action }) => action)).toEqual(missing);
  });

  test('says what cannot be read and which controls stay unknown', () => {
    const own = [{ actions: all.filter(action => action !== 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read'), notActions: [] }];
    const [missing] = missingActions(own);
    expect(missing).toMatchObject({ action: 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read', reads: ['perimeter configurations'] });
    expect(missing?.controls).toEqual(expect.arrayContaining(['exposure-not-public', 'perimeter-associated', 'perimeter-healthy']));
    expect(missing?.controls).not.toContain('firewall-ranges-narrow');
  });

  test('leaves out what is asked above subscriptions', () => {
    expect(missingActions([]).map(({ action }) => action)).not.toContain('Microsoft.Resources/subscriptions/read');
  });
});

describe('collectedBy', () => {
  test('names a collector for every fact that a control needs', () => {
    for (const { id, scope, needs } of allControls) {
      const readers: Readonly<Record<string, readonly string[]>> = collectedBy[scope];
      for (const fact of needs) expect(readers[fact], `${id} needs ${fact}`).toBeDefined();
    }
  });

  test('uses every collector that reads below a subscription', () => {
    const used = new Set(Object.values(collectedBy).flatMap(readers => Object.values(readers as Readonly<Record<string, readonly string[]>>).flat()));
    const inventory = ['clusterSubscriptionsByResourceGraph', 'managementGroupSubscriptions', 'perimeters', 'perimetersByResourceGraph', 'permissions', 'subscriptions'];
    expect(Object.keys(collectors).filter(name => !used.has(name as keyof typeof collectors))).toEqual(inventory);
  });
});
