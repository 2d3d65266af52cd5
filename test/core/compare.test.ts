import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { compare, type Compared } from '../../src/core/compare.ts';
import { findingId, type Status } from '../../src/core/finding.ts';
import type { Memory } from '../../src/core/memory.ts';
import { accountId, exposure } from '../support/builders.ts';
import { assessed, context, control, exemptBy, found, scans, scanTime, type Step } from '../support/histories.ts';
import { assessment } from '../support/results.ts';

const exemptions = { active: exemptBy(), expired: exemptBy({ state: 'expired' }), other: exemptBy({ id: 'migration' }) };

/**
 * What a scan found of one control on one resource, in a word: a status, with `/2` where it saw something else,
 * `+active` where it is exempted, `@2` where the baseline asks for something else. Or `gone`, where the resource is,
 * `off`, where the control judges no more, and `unread`, where the scan did not cover it.
 */
function step(word: string): Step {
  const [, what = '', seen = '1', exempted, baseline = '1'] = /^(\w+)(?:\/(\d))?(?:\+(\w+))?(?:@(\d))?$/.exec(word) ?? [];
  const judgedBy = `baseline ${baseline}`;
  if (what === 'unread') return { found: null, judgedBy };
  if (what === 'gone') return { found: [], judgedBy };
  const exemption = exempted === undefined ? {} : { exemption: exemptions[exempted as keyof typeof exemptions] };
  const findings = what === 'off' ? [] : [found(what as Status, { seen: Number(seen), ...exemption })];
  return { found: [assessed(findings)], judgedBy };
}

const steps = (history: string): Step[] => history.split(' ').map(step);

/** The transition with its cause, which is left out where it is the resource; `-` where nothing is said. */
function said({ comparison }: Compared): string {
  const [finding] = [...comparison.assessments.flatMap(({ findings }) => findings), ...comparison.gone.flatMap(({ findings }) => findings)];
  if (!finding) return '-';
  const transition = 'transition' in finding ? finding.transition : 'gone';
  return finding.cause === 'resource' ? transition : `${transition}:${finding.cause}`;
}

describe('a finding is', () => {
  test.each([
    ['new in the first scan, and nothing has happened', 'fail', 'new:firstScan'],
    ['new where its resource is', 'gone fail', '- new'],
    ['new where its resource comes back', 'pass gone fail', 'new:firstScan gone new'],
    ['new where its control begins to judge, by the baseline', 'off fail', '- new:baseline'],
    ['new where its control judges again, by the baseline', 'pass off fail', 'new:firstScan gone:baseline new:baseline'],
    ['new once more when the first verdict is there', 'unknown unknown fail', 'new:firstScan unchanged new'],
    ['new, whatever the first verdict', 'unknown pass', 'new:firstScan new'],
    ['new with the first verdict that another baseline brings', 'unknown fail@2', 'new:firstScan new:baseline'],
    ['unchanged while it says the same', 'fail fail fail', 'new:firstScan unchanged unchanged'],
    ['unchanged by a baseline that leads to the same', 'fail fail@2', 'new:firstScan unchanged'],
    ['changed where something else was seen', 'fail fail/2', 'new:firstScan changed'],
    ['changed where it is unknown for another reason', 'unknown unknown/2', 'new:firstScan changed'],
    ['changed where it becomes unknown', 'pass unknown', 'new:firstScan changed'],
    ['changed where it is known again as it was', 'pass unknown pass', 'new:firstScan changed changed'],
    ['changed where it fails again after a gap', 'fail unknown fail', 'new:firstScan changed changed'],
    ['changed between verdicts neither of which fails', 'pass notApplicable manual', 'new:firstScan changed changed'],
    ['regressed where it passed', 'pass fail', 'new:firstScan regressed'],
    ['regressed where it did not apply', 'notApplicable fail', 'new:firstScan regressed'],
    ['regressed where it passed when it was last known', 'pass unknown unknown fail', 'new:firstScan changed unchanged regressed'],
    ['regressed in each turn', 'pass fail pass fail', 'new:firstScan regressed fixed regressed'],
    ['regressed where it was not read in between', 'pass unread fail', 'new:firstScan - regressed'],
    ['fixed where it failed', 'fail pass', 'new:firstScan fixed'],
    ['fixed where it does not apply any more', 'fail notApplicable', 'new:firstScan fixed'],
    ['fixed where somebody has to look again', 'fail manual', 'new:firstScan fixed'],
    ['fixed where it failed when it was last known', 'fail unknown pass', 'new:firstScan changed fixed'],
    ['fixed where it was exempted', 'fail+active pass', 'new:firstScan fixed'],
    ['gone with its resource', 'fail gone gone', 'new:firstScan gone -'],
    ['gone with its control, by the baseline', 'fail off off', 'new:firstScan gone:baseline -'],
    ['not spoken of where it was not read', 'fail unread fail', 'new:firstScan - unchanged'],
  ])('%s', (_, history, expected) => {
    expect(scans(steps(history)).map(said).join(' ')).toBe(expected);
  });
});

describe('another baseline', () => {
  test.each([
    ['never makes a finding regress', 'pass fail@2', 'new:firstScan changed:baseline'],
    ['fixes nothing', 'fail pass@2', 'new:firstScan changed:baseline'],
    ['is the cause of another severity or message', 'fail fail/2@2', 'new:firstScan changed:baseline'],
    ['that comes while nothing is known is the cause of what follows', 'pass unknown@2 fail@2', 'new:firstScan changed:baseline changed:baseline'],
    ['that came and went while nothing was known is no cause', 'pass unknown@2 fail', 'new:firstScan changed:baseline regressed'],
    ['is the cause once', 'pass fail@2 pass@2 fail@2', 'new:firstScan changed:baseline fixed regressed'],
    ['is remembered where nothing changed by it', 'pass pass@2 fail@2', 'new:firstScan unchanged regressed'],
  ])('%s', (_, history, expected) => {
    expect(scans(steps(history)).map(said).join(' ')).toBe(expected);
  });
});

describe('an exemption', () => {
  test.each([
    ["that begins is the baseline's change", 'fail fail+active', 'new:firstScan changed:baseline'],
    ["that is taken back is the baseline's change", 'fail+active fail', 'new:firstScan changed:baseline'],
    ["in place of another is the baseline's change", 'fail+active fail+other', 'new:firstScan changed:baseline'],
    ["that ends by itself is not the baseline's change", 'fail+active fail+expired', 'new:firstScan changed'],
    ["that is taken back when it has ended is the baseline's change", 'fail+expired fail', 'new:firstScan changed:baseline'],
    ['that stays changes nothing', 'fail+active fail+active', 'new:firstScan unchanged'],
    ['of an unknown finding counts as well', 'unknown unknown+active', 'new:firstScan changed:baseline'],
    ['is not the cause where the resource is different too', 'fail fail/2+active', 'new:firstScan changed'],
    ['does not hide that it regresses', 'pass fail+active', 'new:firstScan regressed'],
  ])('%s', (_, history, expected) => {
    expect(scans(steps(history)).map(said).join(' ')).toBe(expected);
  });
});

/** Numbers of scans, `-` for null. */
const numbered = (time: Date | null): string => (time === null ? '-' : String(time.getUTCHours()));

describe('times', () => {
  test.each([
    ['begin with the resource', 'gone fail fail', '1 1', '1 1'],
    ['of the status begin with each status', 'pass pass fail fail notApplicable', '0 0 2 2 4', '- - 2 2 -'],
    ['of failing last while it is unknown', 'fail unknown unknown fail', '0 1 1 3', '0 0 0 0'],
    ['of failing end with any other verdict', 'fail unknown pass unknown fail', '0 1 2 3 4', '0 0 - - 4'],
    ['of failing begin with the first verdict', 'unknown fail', '0 1', '- 1'],
    ['last while it is not read', 'fail unread fail', '0 0', '0 0'],
    ['last under another baseline', 'fail fail@2 fail/2@3', '0 0 0', '0 0 0'],
    ['begin again where the resource comes back', 'fail gone fail', '0 2', '0 2'],
  ])('%s', (_, history, since, failingSince) => {
    const findings = scans(steps(history)).flatMap(({ comparison }) => comparison.assessments.flatMap(assessment => assessment.findings));
    expect(findings.map(finding => numbered(finding.since)).join(' ')).toBe(since);
    expect(findings.map(finding => numbered(finding.failingSince)).join(' ')).toBe(failingSince);
  });

  test('and statuses before are those of the reading before, unknown or not', () => {
    const findings = scans(steps('pass unknown fail')).flatMap(({ comparison }) => comparison.assessments.flatMap(assessment => assessment.findings));
    expect(findings.map(({ previousStatus }) => previousStatus)).toEqual([null, 'pass', 'unknown']);
  });
});

describe('what makes a row different', () => {
  const fail = found('fail');
  const unknown = found('unknown');
  const gap = { fact: 'account', reason: 'denied', detail: 'Cannot read the account.' } as const;

  test.each([
    ['a severity', fail, { ...fail, severity: 'low' as const }],
    ['a message', fail, { ...fail, message: 'It is otherwise.' }],
    ['an observed value', fail, { ...fail, observed: { seen: '1' } }],
    ['one more observed value', fail, { ...fail, observed: { seen: 1, more: null } }],
    ['a missing fact', unknown, { ...unknown, gaps: [{ ...gap, fact: 'locks' }] }],
    ['the reason of a gap', unknown, { ...unknown, gaps: [{ ...gap, reason: 'failed' as const }] }],
    ['the permission that a gap needs', unknown, { ...unknown, gaps: [{ ...gap, permission: 'Microsoft.Authorization/locks/read' }] }],
    ['one more gap', unknown, { ...unknown, gaps: [gap, { ...gap, fact: 'locks' }] }],
    ['the severity of an unknown finding', unknown, { ...unknown, severity: 'low' as const }],
  ])('%s', (_, one, other) => {
    expect(scans([{ found: [assessed([one])] }, { found: [assessed([other])] }]).map(said)).toEqual(['new:firstScan', 'changed']);
  });

  test.each([
    ['where a fact was read', fail, { ...fail, sources: ['GET /elsewhere'] }],
    ['the order of what was observed', { ...fail, observed: { a: 1, b: { c: 2, d: 3 } } }, { ...fail, observed: { b: { d: 3, c: 2 }, a: 1 } }],
    ['times and ids in the detail of a gap', unknown, { ...unknown, message: 'Not known: 06:00', gaps: [{ ...gap, detail: 'Request 4711 failed at 06:00.' }] }],
  ])('but not %s', (_, one, other) => {
    expect(scans([{ found: [assessed([one])] }, { found: [assessed([other])] }]).map(said)).toEqual(['new:firstScan', 'unchanged']);
  });
});

describe('a resource', () => {
  const closed = exposure({ reach: 'closed' });
  const open = exposure({ reach: 'internet', decidedBy: 'no firewall' });
  const hidden = exposure({ reach: 'unknown', decidedBy: 'not known', explanation: 'Request 4711 failed.' });

  test.each([
    ['is unchanged while its row says the same', [closed, closed], 'new unchanged', 'null closed', '0 0'],
    ['is changed when its reach is', [closed, open], 'new changed', 'null closed', '0 1'],
    ['has the last known reach beside an unknown one', [closed, hidden, hidden, open], 'new changed unchanged changed', 'null closed closed closed', '0 1 1 3'],
    ['has no reach before while none was known', [hidden, hidden, open, open], 'new unchanged changed unchanged', 'null null null internet', '0 0 2 2'],
    ['has no reach before where data does not flow', [null, null], 'new unchanged', 'null null', '- -'],
    ['is changed where another rule decides', [open, { ...open, decidedBy: 'ipRules' }], 'new changed', 'null internet', '0 0'],
    ['is unchanged where only the details of what is not known differ', [hidden, { ...hidden, explanation: 'Request 4712 failed.' }], 'new unchanged', 'null null', '0 0'],
  ])('%s', (_, exposures, transitions, previous, since) => {
    const all = scans(exposures.map(each => ({ found: [assessed([found('pass')], { exposure: each })] }))).flatMap(({ comparison }) => comparison.assessments);
    expect(all.map(({ transition }) => transition).join(' ')).toBe(transitions);
    expect(all.map(({ previousReach }) => String(previousReach)).join(' ')).toBe(previous);
    expect(all.map(({ reachSince }) => numbered(reachSince)).join(' ')).toBe(since);
  });

  const one = assessed([found('pass')], { tags: { team: 'a' } });
  const fails = assessed([found('fail')], { tags: { team: 'a' } });
  test.each([
    ['a tag', one, { ...one, tags: { team: 'b' } }, '1', 'changed'],
    ['tags that are not known', one, assessed([found('pass')]), '1', 'changed'],
    ['a location', one, { ...one, location: 'northeurope' }, '1', 'changed'],
    ['a score', one, { ...one, score: { ...one.score, floor: 1 } }, '1', 'changed'],
    ['a number of findings', one, { ...one, findings: [found('notApplicable')] }, '1', 'changed'],
    ['a number of findings by severity', fails, { ...fails, findings: [found('fail', { severity: 'low' })] }, '1', 'changed'],
    ['a failure that weighs nothing', { ...one, findings: [found('pass', { severity: 'info' })] }, { ...one, findings: [found('fail', { severity: 'info' })] }, '1', 'changed'],
    ['a number of exempted findings', fails, { ...fails, findings: [found('fail', { exemption: exemptBy() })] }, '1', 'changed:baseline'],
    ['an outbound reach', one, { ...one, exposure: exposure({ outbound: 'open' }) }, '1', 'changed'],
    ['a latent risk', one, { ...one, exposure: exposure({ latent: ['bypassResources'] }) }, '1', 'changed'],
    ['a perimeter', one, { ...one, exposure: exposure({ perimeters: [{ id: '/p', accessMode: 'Learning' }] }) }, '1', 'changed'],
    ['an explanation', one, { ...one, exposure: exposure({ explanation: 'Nobody can.' }) }, '1', 'changed'],
    ['a finding that the baseline alone changes', one, fails, '2', 'changed:baseline'],
    ['a finding that the baseline alone takes away', one, assessed([], { tags: { team: 'a' } }), '1', 'changed:baseline'],
    ['a reach, which the baseline has no say in', one, { ...fails, exposure: open }, '2', 'changed'],
    ['its score alone, which no finding explains', one, { ...one, score: { ...one.score, coverage: 0.5 } }, '2', 'changed'],
    ['nothing but the case of its id', one, { ...one, resourceId: one.resourceId.toUpperCase(), name: one.name.toUpperCase(), resourceType: one.resourceType.toLowerCase() }, '1', 'unchanged'],
    ['nothing but the order of its tags', { ...one, tags: { a: '1', b: '2' } }, { ...one, tags: { b: '2', a: '1' } }, '1', 'unchanged'],
  ])('is different by %s', (_, before: Assessment, now: Assessment, judgedBy, expected) => {
    const [, second] = scans([{ found: [before], judgedBy: '1' }, { found: [now], judgedBy }]);
    expect(second?.comparison.assessments.map(({ transition, cause }) => (cause === 'resource' ? transition : `${transition}:${cause}`))).toEqual([expected]);
    expect(second?.comparison.gone.filter(({ isGone }) => isGone)).toEqual([]);
  });

  test('is different by itself where one finding is, whatever the baseline changes beside it', () => {
    const both = (a: Status, b: Status): Assessment => assessed([found(a, { controlId: 'a' }), found(b, { controlId: 'b' })]);
    const { next } = compare(null, [both('pass', 'pass')], context(0, { judgedBy: () => '1' }));
    const { comparison } = compare(next, [both('fail', 'fail')], context(1, { judgedBy: controlId => (controlId === 'a' ? '1' : '2') }));
    expect(comparison.assessments).toMatchObject([{ transition: 'changed', cause: 'resource', findings: [{ cause: 'resource' }, { cause: 'baseline' }] }]);
  });

  test.each([
    ['the first scan', true, 'firstScan'],
    ['a later scan', false, 'resource'],
  ])('that is new in %s says so', (_, firstScan, cause) => {
    const [compared] = compare(null, [assessed([found('fail')])], context(0, { firstScan })).comparison.assessments;
    expect(compared).toMatchObject({ transition: 'new', cause, previousReach: null, findings: [{ transition: 'new', cause, previousStatus: null }] });
  });

  test('that is gone is told with everything that was known of it', () => {
    const id = accountId.replace('orders', 'Orders');
    const open2 = assessed([found('fail', { resourceId: id }), found('pass', { controlId: 'continuous-backup', resourceId: id })], { resourceId: id, tags: { team: 'a' }, exposure: open });
    const [, , last] = scans([{ found: [open2] }, { found: [{ ...open2, exposure: hidden }] }, { found: [] }]);
    const { resourceType, name, subscriptionId, location } = open2;
    expect(last?.comparison).toEqual({
      assessments: [],
      gone: [
        {
          resource: { resourceId: id, resourceType, name, subscriptionId, location },
          isGone: true,
          cause: 'resource',
          previousReach: 'internet',
          findings: [
            { id: findingId(accountId, control), controlId: control, severity: 'critical', previousStatus: 'fail', since: scanTime(0), failingSince: scanTime(0), cause: 'resource' },
            { id: findingId(accountId, 'continuous-backup'), controlId: 'continuous-backup', severity: 'critical', previousStatus: 'pass', since: scanTime(0), failingSince: null, cause: 'resource' },
          ],
        },
      ],
    });
    expect([...(last?.next.resources.keys() ?? ['something'])]).toEqual([]);
  });

  test('that loses a control is not gone', () => {
    const [, last] = scans([{ found: [assessed([found('pass'), found('fail', { controlId: 'b' })])] }, { found: [assessed([found('pass')])] }]);
    expect(last?.comparison.gone).toMatchObject([{ isGone: false, cause: 'baseline', resource: { resourceId: accountId }, findings: [{ controlId: 'b', previousStatus: 'fail', cause: 'baseline' }] }]);
    expect(last?.comparison.assessments).toMatchObject([{ findings: [{ transition: 'unchanged' }] }]);
  });

  test('that is not covered stays as it was, and one that is covered is gone', () => {
    const others = ['b', 'a', 'c'].map(name => assessed([found('fail', { resourceId: `${accountId}-${name}` })], { resourceId: `${accountId}-${name}`, name }));
    const first = compare(null, others, context(0));
    const second = compare(first.next, [], context(1, { covers: ({ resourceId }) => !resourceId.endsWith('-c') }));
    expect(second.comparison.gone.map(({ resource }) => resource.name)).toEqual(['a', 'b']);
    expect([...second.next.resources]).toEqual([...first.next.resources].filter(([id]) => id.endsWith('-c')));
  });

  test('is asked for as it was written, with its type', () => {
    const asked: unknown[] = [];
    const { next } = compare(null, [assessment()], context(0));
    compare(next, [], context(1, { covers: ({ resourceId, resourceType }) => asked.push([resourceId, resourceType]) > 0 }));
    expect(asked).toEqual([[accountId, 'Microsoft.DocumentDB/databaseAccounts']]);
  });
});

describe('a scan that a later one has overtaken', () => {
  const past = (found1: Step['found']): Memory => compare(null, found1 ?? [], context(5)).next;

  test('brings nothing about, and what it saw otherwise is written again', () => {
    const late = compare(past([assessed([found('pass'), found('fail', { controlId: 'b' })])]), [assessed([found('fail'), found('fail', { controlId: 'b' })])], context(4));
    expect(late.comparison).toMatchObject({ gone: [], assessments: [{ transition: 'unchanged', findings: [{ transition: 'unchanged', previousStatus: 'pass' }, { transition: 'unchanged' }] }] });
    const next = compare(late.next, [assessed([found('pass'), found('fail', { controlId: 'b' })])], context(6));
    expect(next.comparison.assessments).toMatchObject([{ transition: 'changed', findings: [{ transition: 'changed', cause: 'resource', since: scanTime(5) }, { transition: 'unchanged' }] }]);
    expect(late.next.scanTime).toEqual(scanTime(5));
  });

  test('is none where it has the same time: it is the same scan once more', () => {
    const again = compare(past([assessed([found('pass')])]), [assessed([found('fail')])], context(5));
    expect(again.comparison.assessments).toMatchObject([{ transition: 'changed', findings: [{ transition: 'regressed' }] }]);
    expect(compare(past([assessed([found('pass')])]), [], context(5)).comparison.gone).toMatchObject([{ isGone: true }]);
  });

  test('does not make anything gone', () => {
    const memory = past([assessed([found('pass')])]);
    const late = compare(memory, [], context(4));
    expect(late.comparison.gone).toEqual([]);
    expect(late.next).toEqual(memory);
  });

  test('tells what the later one did not see, and the next one tells it again', () => {
    const late = compare(past([]), [assessed([found('fail')])], context(4));
    expect(late.comparison.assessments).toMatchObject([{ transition: 'new', findings: [{ transition: 'new', since: scanTime(4) }] }]);
    const next = compare(late.next, [assessed([found('fail')])], context(6));
    expect(next.comparison.assessments).toMatchObject([{ transition: 'changed', findings: [{ transition: 'changed' }] }]);
  });
});

test('the time of the last full emission is kept', () => {
  const memory = { ...compare(null, [], context(0)).next, fullAt: scanTime(0) };
  expect(compare(memory, [assessed([])], context(1)).next).toMatchObject({ fullAt: scanTime(0), scanTime: scanTime(1) });
  expect(compare(null, [], context(1)).next.fullAt).toBeNull();
});
