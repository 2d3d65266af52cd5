import { describe, expect, test } from 'vitest';
import { isSameMemory } from '../../src/core/memory-same.ts';
import type { Memory, RememberedFinding, RememberedResource } from '../../src/core/memory.ts';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));

function finding(differences: Partial<RememberedFinding> = {}): RememberedFinding {
  return { status: 'fail', verdict: 'fail', severity: 'high', since: day(1), failingSince: day(1), digest: 7, exemption: { digest: 3, state: 'active' }, judgedBy: 'a', ...differences };
}

function resource(differences: Partial<RememberedResource> = {}): RememberedResource {
  return {
    resourceId: '/subscriptions/s/orders',
    resourceType: 'Microsoft.DocumentDB/databaseAccounts',
    name: 'orders',
    subscriptionId: 's',
    location: 'westeurope',
    scanTime: day(1),
    digest: 5,
    reach: 'closed',
    knownReach: 'closed',
    reachSince: day(1),
    findings: new Map([['a', finding()]]),
    ...differences,
  };
}

function memory(differences: Partial<Memory> = {}, ...resources: RememberedResource[]): Memory {
  return { scanTime: day(1), fullAt: day(1), resources: new Map((resources.length > 0 ? resources : [resource()]).map(each => [each.resourceId, each])), ...differences };
}

test('times of scans alone make no difference', () => {
  expect(isSameMemory(memory(), memory({ scanTime: day(2) }, resource({ scanTime: day(2), findings: new Map([['a', finding()]]) })))).toBe(true);
});

describe('everything else does', () => {
  const withFinding = (differences: Partial<RememberedFinding>): Memory => memory({}, resource({ findings: new Map([['a', finding(differences)]]) }));
  test.each<[string, Memory]>([
    ['a full emission', memory({ fullAt: day(2) })],
    ['no full emission yet', memory({ fullAt: null })],
    ['a resource more', memory({}, resource(), resource({ resourceId: '/subscriptions/s/basket' }))],
    ['another resource', memory({}, resource({ resourceId: '/subscriptions/s/basket' }))],
    ['another digest', memory({}, resource({ digest: 6 }))],
    ['another reach', memory({}, resource({ reach: 'unknown' }))],
    ['another known reach', memory({}, resource({ knownReach: 'internet' }))],
    ['a reach since another day', memory({}, resource({ reachSince: day(2) }))],
    ['a name', memory({}, resource({ name: 'Orders' }))],
    ['a location', memory({}, resource({ location: null }))],
    ['a finding more', memory({}, resource({ findings: new Map([['a', finding()], ['b', finding()]]) }))],
    ['a finding of another control', memory({}, resource({ findings: new Map([['b', finding()]]) }))],
    ['a status', withFinding({ status: 'unknown' })],
    ['a verdict', withFinding({ verdict: 'pass' })],
    ['a severity', withFinding({ severity: 'low' })],
    ['what the baseline asks', withFinding({ judgedBy: 'b' })],
    ["a finding's digest", withFinding({ digest: null })],
    ['since when', withFinding({ since: day(2) })],
    ['failing since when', withFinding({ failingSince: null })],
    ['no exemption', withFinding({ exemption: null })],
    ['another exemption', withFinding({ exemption: { digest: 4, state: 'active' } })],
    ['an exemption that has expired', withFinding({ exemption: { digest: 3, state: 'expired' } })],
  ])('%s', (_, other) => {
    expect(isSameMemory(memory(), other)).toBe(false);
    expect(isSameMemory(other, memory())).toBe(false);
  });
});
