import { describe, expect, test } from 'vitest';
import { tenantControls } from '../../src/controls/index.ts';
import { findingId } from '../../src/core/finding.ts';
import { assessTenants } from '../../src/scan/assess-tenant.ts';
import { judgeBy, standardBaseline } from '../../src/scan/baseline.ts';
import type { Plan } from '../../src/scan/plan.ts';
import { cloudFrom } from '../../src/azure/clouds.ts';

const now = new Date('2026-11-20T06:00:00Z');
const attestation = { control: 'mfa-required', by: 'jane', on: '2026-01-01', until: '2026-12-31', evidence: 'SEC-1' };

/** Subscriptions by name, each with its tenant; those in `read` are targets. */
function assessed(tenants: Readonly<Record<string, string | null>>, read: readonly string[] = Object.keys(tenants)) {
  const plan: Pick<Plan, 'targets' | 'visible'> = {
    visible: Object.entries(tenants).map(([id, tenantId]) => ({ id, name: id, state: 'Enabled', tenantId })),
    targets: read.map(subscriptionId => ({ subscriptionId, name: '', skip: null })),
  };
  return assessTenants(plan, judgeBy({ ...standardBaseline, attestations: [attestation] }, now, { cloud: cloudFrom({}) }, plan));
}

const ids = (given: ReturnType<typeof assessed>): string[] => given.assessments.map(({ resourceId }) => resourceId);

test('a tenant is assessed once, however many subscriptions it has', () => {
  const { assessments, warnings } = assessed({ a: 'contoso', b: 'contoso' });
  expect(assessments).toMatchObject([{ resourceId: '/tenants/contoso', resourceType: 'Microsoft.Resources/tenants', name: 'tenant', subscriptionId: '', location: null, exposure: null }]);
  expect(assessments[0]?.findings.map(({ controlId }) => controlId)).toEqual(tenantControls.map(({ id }) => id));
  expect(warnings).toEqual([]);
});

test('its findings keep their ids, and what is attested passes', () => {
  const [tenant] = assessed({ a: 'contoso' }).assessments;
  const passing = tenant?.findings.filter(({ status }) => status === 'pass');
  expect(passing).toMatchObject([{ id: findingId('/tenants/contoso', 'mfa-required'), controlId: 'mfa-required', observed: { attestation: { by: 'jane' } } }]);
  expect(tenant?.findings.filter(({ status }) => status === 'manual')).toHaveLength(tenantControls.length - 1);
});

describe('which tenants', () => {
  test('those of several subscriptions are assessed each, and the scan says so', () => {
    const given = assessed({ a: 'fabrikam', b: 'contoso' });
    expect(ids(given)).toEqual(['/tenants/contoso', '/tenants/fabrikam']);
    expect(given.warnings).toEqual([expect.stringContaining('2 tenants (contoso, fabrikam)')]);
  });

  test('one of which nothing is scanned is not assessed', () => {
    expect(ids(assessed({ a: 'fabrikam', b: 'contoso' }, ['b']))).toEqual(['/tenants/contoso']);
  });

  test.each([
    ['says its tenant', { a: null }, undefined],
    ['is visible', { a: 'contoso' }, ['hidden']],
    ['is there', {}, undefined],
  ] as const)('where no subscription %s, the findings are still there, and the scan says so', (_, tenants, read) => {
    const given = assessed(tenants, read);
    expect(ids(given)).toEqual(['/tenants/unknown']);
    expect(given.assessments[0]?.findings).toHaveLength(tenantControls.length);
    expect(given.warnings).toEqual([expect.stringContaining('No subscription of the scan names its tenant')]);
  });
});
