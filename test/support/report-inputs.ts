import * as fc from 'fast-check';
import type { Assessment } from '../../src/core/assessment.ts';
import { decisive } from '../../src/core/exemption.ts';
import { findingId, type Finding } from '../../src/core/finding.ts';
import type { ReportInput } from '../../src/sinks/report.ts';
import { doorLocked, guardAwake } from './catalogue.ts';
import { exposure, otherSubscriptionId, perimeterId, subscriptionId } from './builders.ts';
import { exemption } from './exemptions.ts';
import { assessment, finding, result, summary } from './results.ts';

const now = new Date('2026-11-20T06:00:00Z');
const otherAccount = `/subscriptions/${subscriptionId}/resourceGroups/Data/providers/Microsoft.DocumentDB/databaseAccounts/Basket`;

/** A finding of a resource, with the id that the two make. */
export function findingOf(resourceId: string, controlId: string, differences: Partial<Finding> = {}): Finding {
  return finding({ id: findingId(resourceId, controlId), controlId, requirements: ['ASB NS-1'], ...differences });
}

/** What an exemption until then makes of a finding. */
export function exempted(expiresOn: string): Pick<Finding, 'exemption'> {
  const applied = decisive([exemption({ expiresOn })], now);
  return applied ? { exemption: applied } : {};
}

export const gaps = [
  { fact: 'account', reason: 'denied', detail: 'Cannot read it.', permission: 'Microsoft.DocumentDB/databaseAccounts/read' },
  { fact: 'locks', reason: 'throttled', detail: 'Azure asks to wait.' },
] as const;

/** An open account, a closed one, a perimeter and the tenant, with a finding of every status, and an incomplete scan. */
export function reportInput(differences: Partial<ReportInput> = {}): ReportInput {
  const open = assessment({
    exposure: exposure({ reach: 'internet', decidedBy: 'publicNetworkAccess Enabled, no firewall', explanation: 'Anyone on the Internet can reach it.' }),
    tags: { Owner: 'data@contoso.com', env: 'production' },
  });
  const id = open.resourceId;
  return {
    summary: summary({ gaps: [{ reason: 'denied', detail: 'Cannot list perimeters.', permission: 'Microsoft.Network/networkSecurityPerimeters/read' }], warnings: ['An exemption ends tomorrow.'] }),
    subscriptions: [
      result(),
      result({ subscriptionId: otherSubscriptionId, name: 'treasury', outcome: 'denied', reason: 'Cannot read accounts.', accounts: 0 }),
    ],
    assessments: [
      {
        ...open,
        findings: [
          findingOf(id, 'door-locked', { severity: 'high', message: 'The door is open.', observed: { open: true } }),
          findingOf(id, 'exposure-not-public', { severity: 'critical', message: 'Everybody can reach it.', ...exempted('2026-12-31') }),
          findingOf(id, 'keys-rotated', { severity: 'medium', status: 'unknown', message: 'Not known: Cannot read it.', observed: {}, gaps }),
          findingOf(id, 'locks-there', { severity: 'low', message: 'No lock.', ...exempted('2026-11-01') }),
          findingOf(id, 'tls-modern', { severity: 'low', status: 'pass', message: 'TLS is modern.' }),
        ],
      },
      assessment({
        resourceId: otherAccount,
        name: 'Basket',
        location: null,
        exposure: exposure({ reach: 'closed', decidedBy: 'publicNetworkAccess Disabled' }),
        findings: [
          findingOf(otherAccount, 'door-locked', { severity: 'high', status: 'pass', message: 'The door is locked.', observed: { open: false } }),
          findingOf(otherAccount, 'keys-rotated', { severity: 'medium', status: 'notApplicable', message: 'It accepts no keys.' }),
        ],
      }),
      assessment({ resourceId: perimeterId, resourceType: 'Microsoft.Network/networkSecurityPerimeters', name: 'production', exposure: null, findings: [findingOf(perimeterId, 'perimeter-in-use', { severity: 'info', message: 'Nothing is in it.' })] }),
      assessment({ resourceId: '/tenants/t', resourceType: 'Microsoft.Resources/tenants', name: 't', subscriptionId: '', location: null, exposure: null, findings: [findingOf('/tenants/t', 'guard-awake', { severity: 'medium', status: 'manual', message: 'Nobody has attested it.' })] }),
    ],
    controls: [doorLocked, guardAwake],
    requirements: [{ id: 'ASB NS-1', document: 'Azure Security Baseline for Cosmos DB', title: 'The account is isolated.', responsibility: 'customer', controls: ['door-locked'] }],
    portal: 'https://portal.azure.com',
    ...differences,
  };
}

/** Texts that formulas, terminals, XML, JSON, Markdown, CSV and code pages could fall for. */
const payloads = [
  '=HYPERLINK("https://evil.example","x")', '+1+cmd|\' /C calc\'!A0', '-2+3', '@SUM(1+1)', '\t=1', '\r=1', 'a;=1+1', '";=1+1', 'x"\n=1+1', '＝1+1', '; "=2',
  '\u001B[31mred\u001B[0m', '\u009B2J', '\u0000\u0008\u000B', '\u202Egnp.exe', '\uD800', 'a\uDC00b', '\uFFFE\uFFFF', '\u2028\u2029',
  ']]>', '<![CDATA[', '<!--', '&lt;&amp;', '<script>alert(1)</script>', '"/><x y="', "' onload='", '</failure></testcase>',
  '"}],"x":[', '\\ud800', '\\\\', '\\', '{0} {{1}}', '[x](https://evil.example)', '![x](https://evil.example)', '`', '``` ', '|', '\\|', 'a\\|b <img src=x>', '@octocat #1', '<b>', '* _ ~ #', '   ', '\n\n# Heading', 'https://evil.example www.evil.example',
] as const;

/** One of the payloads, any text at all, or several after each other; never blank. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...payloads), fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 })), { minLength: 1, maxLength: 4 })
  .map(parts => `${parts.join('')}x`);

/** The same input with other texts wherever Azure or the organisation may have written them. */
export function withTexts(input: ReportInput, text: (place: string) => string): ReportInput {
  const told = (finding: Finding): Finding => ({
    ...finding,
    message: text('message'),
    observed: { [text('key')]: [text('value'), { [text('key')]: text('value') }] },
    sources: [text('source')],
    ...(finding.gaps && { gaps: finding.gaps.map(gap => ({ ...gap, detail: text('detail') })) }),
    ...(finding.exemption && { exemption: { ...finding.exemption, id: text('id'), reason: text('reason'), owner: text('owner') } }),
  });
  const assessed = (assessment: Assessment): Assessment => ({
    ...assessment,
    resourceId: `${assessment.resourceId}${text('resource')}`,
    name: text('name'),
    ...(assessment.location !== null && { location: text('location') }),
    ...(assessment.tags && { tags: { owner: text('owner'), [text('tag')]: text('tag') } }),
    ...(assessment.exposure && { exposure: { ...assessment.exposure, decidedBy: text('decidedBy'), explanation: text('explanation') } }),
    findings: assessment.findings.map(told),
  });
  return {
    ...input,
    summary: { ...input.summary, baseline: text('baseline'), gaps: input.summary.gaps.map(gap => ({ ...gap, detail: text('detail') })), warnings: input.summary.warnings.map(() => text('warning')) },
    subscriptions: input.subscriptions.map(each => ({ ...each, name: text('subscription'), ...(each.reason !== null && { reason: text('reason') }) })),
    assessments: input.assessments.map(assessed),
  };
}

/** An input all of whose texts are hostile. */
export const hostileInput: fc.Arbitrary<ReportInput> = fc.array(hostileText, { minLength: 5, maxLength: 30 }).map(texts => {
  let turn = 0;
  return withTexts(reportInput(), () => texts[turn++ % texts.length] ?? 'x');
});

/** Characters of a text that a terminal or a strict parser could stumble over; ends of lines are none. */
export function unsafeIn(text: string): string[] {
  return (text.match(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]|\p{Cs}/gu) ?? []).filter(character => character !== '\n' && character !== '\r');
}

/** What strict parsers refuse in JSON: the same, and the escapes of halves of characters. */
export function unsafeInJson(json: string): string[] {
  return [...unsafeIn(json), ...(json.match(/(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/g) ?? [])];
}
