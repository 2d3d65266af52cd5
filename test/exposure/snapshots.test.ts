import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/core/fact.ts';
import type { PerimeterConfiguration } from '../../src/core/perimeter.ts';
import type { PerimeterReading } from '../../src/exposure/associations.ts';
import { accountSnapshot, perimeterSnapshot, type AccountReading } from '../../src/exposure/snapshots.ts';
import { account, accountFacts, accountId, perimeterAssociation, perimeterFacts, perimeterId, profile, rule, side, subnet } from '../support/builders.ts';

const configuration: PerimeterConfiguration = { name: 'aaaa.orders', perimeterId, perimeterGuid: 'aaaa', associationName: 'orders', side: side() };
const perimeter: PerimeterReading = { id: perimeterId, profiles: known([profile()], ['GET profiles']), associations: known([perimeterAssociation()], ['GET associations']) };

function reading(differences: Partial<AccountReading> = {}): AccountReading {
  return {
    ...accountFacts(),
    id: accountId,
    account: known(account(), ['GET account']),
    configurations: known([configuration], ['GET configurations']),
    subnets: known([subnet()], ['GET networks']),
    ...differences,
  };
}

describe('accountSnapshot', () => {
  test('keeps what was read and adds what follows from it', () => {
    const { snapshot, exposure } = accountSnapshot(reading(), [perimeter]);
    expect(snapshot).toMatchObject({
      account: known(account(), ['GET account']),
      subnets: known([subnet()], ['GET networks']),
      associations: { known: true, value: [{ perimeterId, account: { known: true }, perimeter: { known: true } }] },
      perimeterHealth: { known: true, value: { associations: 1, problems: [] } },
      firewall: { known: true, value: { ranges: [], azureDatacenters: false } },
      exposure: { known: true, value: { reach: 'perimeterRules' } },
    });
    expect(snapshot.exposure).toMatchObject({ value: exposure });
  });

  test('the evidence of an exposure is all it rests on, each once', () => {
    expect(accountSnapshot(reading(), [perimeter]).snapshot.exposure.sources).toEqual(['GET account', 'GET configurations', 'GET associations', 'GET profiles']);
  });

  test('without the account nothing of it is known, but its associations are', () => {
    const denied = unknown('denied', 'The account may not be read.', ['GET account'], 'Microsoft.DocumentDB/databaseAccounts/read');
    const { snapshot, exposure } = accountSnapshot(reading({ account: denied }), [perimeter]);
    expect(exposure).toBeNull();
    expect(snapshot).toMatchObject({ account: denied, firewall: denied, exposure: denied, associations: { known: true } });
  });

  test('without the account\'s own configurations the reach is not known, and the exposure is still shown', () => {
    const denied = unknown('denied', 'The configurations may not be read.', ['GET configurations'], 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read');
    const { snapshot, exposure } = accountSnapshot(reading({ configurations: denied }), [perimeter]);
    expect(exposure).toMatchObject({ reach: 'unknown', explanation: expect.stringContaining('The configurations may not be read.') });
    expect(snapshot.exposure).toMatchObject({ known: false, reason: 'denied', permission: denied.permission, sources: ['GET account', 'GET configurations', 'GET associations', 'GET profiles'] });
    expect(snapshot).toMatchObject({ associations: denied, perimeterHealth: denied });
  });

  test('a perimeter\'s word is used where the account\'s own could not be read', () => {
    const open: PerimeterReading = { ...perimeter, profiles: known([profile({ rules: [rule({ addressPrefixes: ['0.0.0.0/0'] })] })]) };
    expect(accountSnapshot(reading({ configurations: unknown('failed', 'No answer.') }), [open]).exposure).toMatchObject({ reach: 'internet' });
  });

  test('unread subnets change nothing about the exposure', () => {
    expect(accountSnapshot(reading({ subnets: unknown('failed', 'No answer.') }), [perimeter]).exposure).toEqual(accountSnapshot(reading(), [perimeter]).exposure);
  });
});

test('perimeterSnapshot adds the inbound rules', () => {
  const { inboundRules: _, ...rest } = perimeterFacts({ profiles: [profile({ rules: [rule({ addressPrefixes: ['20.1.2.0/24'] })] })] });
  expect(perimeterSnapshot(rest)).toMatchObject({ ...rest, inboundRules: { known: true, value: { rules: [{ profile: 'default', rule: 'office', ranges: [{ text: '20.1.2.0/24' }] }] } } });
});
