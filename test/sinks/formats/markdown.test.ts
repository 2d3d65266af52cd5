import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allControls } from '../../../src/controls/index.ts';
import { renderMarkdown } from '../../../src/sinks/formats/markdown.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { exposure } from '../../support/builders.ts';
import { exempted, findingOf, gaps, hostileInput, reportInput, withTexts } from '../../support/report-inputs.ts';
import { assessment, result, summary } from '../../support/results.ts';

const text = (input: ReportInput): string => [...renderMarkdown(input)].join('');

/**
 * What is left when code spans are taken out, as CommonMark finds them: a run of backticks up to the next of the same
 * length. In it, Markdown means something.
 */
function skeleton(markdown: string): string {
  return markdown.split('\n').map(line => line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '·')).join('\n');
}

describe('the summary', () => {
  test('says how complete the scan was before anything else, then who can reach what, what to fix, what is not known', () => {
    expect(text(reportInput())).toBe(`## Azure Cosmos DB compliance

**Incomplete**: 2 of 3 subscriptions read, 1 denied; 1 account, 1 perimeter.

**Score**: 10 of 100 (up to 90 if everything unknown passes), coverage 50 %.

### Not read (2)

| What | Outcome | Why | Permission |
| --- | --- | --- | --- |
| \`treasury\` | denied | \`Cannot read accounts.\` |  |
| in the scan | denied | \`Cannot list perimeters.\` | \`Microsoft.Network/networkSecurityPerimeters/read\` |

### Who can reach the accounts

| Reach | Accounts |
| --- | --- |
| internet | 1 |
| closed | 1 |

Open to the Internet or to all of Azure: 1

| Account | Subscription | Reach | Decided by |
| --- | --- | --- | --- |
| [\`orders\`](https://portal.azure.com/#resource${reportInput().assessments[0]?.resourceId}) | \`production\` | internet | \`publicNetworkAccess Enabled, no firewall\` |

### What to fix first (3 findings of 3 controls)

| Severity | Control | Resources | Where |
| --- | --- | --- | --- |
| high | \`door-locked\` The door is locked. | 1 (1 open) | \`orders\` |
| low | \`locks-there\` | 1 (1 open) | \`orders\` |
| info | \`perimeter-in-use\` | 1 | \`production\` |

### Not known (1 finding)

| Reason | Permission that would change it | Findings | Resources |
| --- | --- | --- | --- |
| denied | \`Microsoft.DocumentDB/databaseAccounts/read\` | 1 | 1 |
| throttled |  | 1 | 1 |

Outside the score: 1 finding exempted, 1 manual control to be attested by people.

- \`An exemption ends tomorrow.\`

Scan \`aaaaaaaa-0000-4000-8000-000000000001\` of 2026-11-20 06:00 UTC, public cloud, baseline \`standard 1\`, version \`0.1.0\`.
`);
  });

  test('of a clean, complete scan is short', () => {
    const clean = reportInput({
      subscriptions: [result()],
      assessments: [assessment({ exposure: exposure({ reach: 'privateOnly' }), findings: [findingOf('/a', 'x', { status: 'pass' })] })],
      summary: summary({ complete: true, gaps: [], subscriptions: { expected: 1, scanned: 1, denied: 0, throttled: 0, failed: 0, skipped: 0 } }),
    });
    expect(text(clean)).toContain('**Complete**: 1 of 1 subscription read; 1 account, 1 perimeter.\n');
    expect(text(clean)).toContain('| privateOnly | 1 |');
    expect(text(clean)).toContain('No finding fails.');
    expect(text(clean)).not.toMatch(/Not read|Not known|Open to|Outside/);
  });

  test.each([
    ['an account that is not known at all counts as unknown', [assessment({ exposure: null, findings: [] })], '| unknown | 1 |'],
    ['no account', [], 'No account was assessed.'],
    ['an exempted failure is nothing to fix', [assessment({ findings: [findingOf('/a', 'x', exempted('2026-12-31'))] })], 'No finding fails.'],
    ['a failure whose exemption ended is', [assessment({ findings: [findingOf('/a', 'x', exempted('2026-11-01'))] })], '1 finding of 1 control'],
    ['an unknown finding without a reason is still counted', [assessment({ findings: [findingOf('/a', 'x', { status: 'unknown' })] })], '| unknown |  | 1 | 1 |'],
    ['an exempted unknown is still not known', [assessment({ findings: [findingOf('/a', 'x', { status: 'unknown', gaps, ...exempted('2026-12-31') })] })], '### Not known (1 finding)'],
  ])('%s', (_, assessments, says) => {
    expect(text(reportInput({ assessments }))).toContain(says);
  });

  test('puts the worst first, then what concerns open accounts, then what fails most often', () => {
    const failing = (name: string, open: boolean, ...controls: (readonly [string, 'high' | 'low'])[]) =>
      assessment({ resourceId: `/subscriptions/s/${name}`, name, exposure: exposure({ reach: open ? 'internet' : 'closed' }), findings: controls.map(([id, severity]) => findingOf(`/${name}`, id, { severity })) });
    const input = reportInput({
      assessments: [failing('a', false, ['often', 'low'], ['rare', 'low'], ['grave', 'high']), failing('b', false, ['often', 'low']), failing('c', true, ['open', 'low'])],
    });
    const places = ['`grave`', '`open`', '`often`', '`rare`'].map(each => text(input).indexOf(each));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe('size', () => {
  const long = 'x'.repeat(5_000);
  const many = (count: number): ReportInput => {
    const controls = Array.from({ length: count }, (_, index) => `control-${String(index).padStart(5, '0')}`);
    return reportInput({
      controls: allControls,
      subscriptions: controls.map((_, index) => result({ subscriptionId: String(index), name: long, outcome: 'denied', reason: long })),
      assessments: controls.map((id, index) => assessment({ resourceId: `/subscriptions/${index}/${long}`, name: long, exposure: exposure({ reach: 'internet', decidedBy: '\u{10FFFF}'.repeat(400) }), findings: [findingOf(`/${index}`, id), findingOf(`/${index}`, `${id}-u`, { status: 'unknown', gaps: [{ ...gaps[0], permission: `${long}${index}` }] })] })),
      summary: summary({ gaps: [], warnings: controls }),
    });
  };

  test.each([[1], [10], [30], [2_000]])('%i of everything, each as long as it gets, is under 60 kB and says what is left out', count => {
    const markdown = text(many(count));
    expect(Buffer.byteLength(markdown)).toBeLessThan(60_000);
    for (const [heading, several] of [['### Not read', 'things that were not read'], ['Open to the Internet', 'open accounts'], ['### What to fix first', 'failing controls'], ['### Not known', 'reasons']] as const) {
      const section = markdown.slice(markdown.indexOf(heading)).split('\n\n### ')[0] ?? '';
      const left = Number(/And (\d+) more/.exec(section)?.[1] ?? 0);
      const rows = section.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| ---')).length - 1;
      const shown = heading === 'Open to the Internet' || left < count ? Math.max(0, rows) : 0;
      expect([heading, shown + left]).toEqual([heading, count]);
      expect(left < 2 || section.includes(`And ${left} more ${several}.`), heading).toBe(true);
    }
  });

  test('of an ordinary scan keeps 25 rows', () => {
    const input = reportInput({ assessments: Array.from({ length: 30 }, (_, index) => assessment({ resourceId: `/subscriptions/s/a${index}`, name: `a${index}`, exposure: exposure({ reach: 'allAzure' }), findings: [] })) });
    expect(text(input)).toContain('And 5 more open accounts.');
  });
});

describe('laws', () => {
  test('hostile text is code and nothing else: no link, no mention, no HTML, no cell more or less', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        const { portal: _, ...rest } = input;
        const markdown = text({ ...rest, portal: null });
        expect(skeleton(markdown)).toBe(skeleton(text(withTexts(reportInput({ portal: null }), () => 'x'))));
        expect(markdown.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a link leads to the portal, whatever a resource is called', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        const links = skeleton(text(input)).match(/\]\([^)]*\)/g) ?? [];
        expect(links.filter(link => !/^\]\(https:\/\/portal\.azure\.com\/#resource\/[\w%.~/-]+\)$/.test(link))).toEqual([]);
        expect(links.length).toBeGreaterThan(0);
      }),
    );
  });

  test('the order of what comes in does not matter', () => {
    const input = reportInput();
    const turned = { ...input, assessments: input.assessments.toReversed().map(each => ({ ...each, findings: each.findings.toReversed() })), subscriptions: input.subscriptions.toReversed() };
    expect(text(turned)).toBe(text(input));
  });
});
