import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import { guardAwake } from '../../support/catalogue.ts';
import { finding } from '../../support/results.ts';
import { account, input, parsed, rendered, rowsOf, tableOf, unknownFinding, wordsOf, type Parsed } from './input.ts';

const exemption = { id: 'later', category: 'accepted-risk', reason: 'Moves next year.', owner: 'shop team', expiresOn: '2026-12-01', state: 'active' } as const;

describe('exemptions', () => {
  test('each is there once, with its end and what it covers; the next to end comes first', () => {
    const document = rendered({
      assessments: [
        account('a', { findings: [finding({ exemption }), unknownFinding({ controlId: 'other', exemption })] }),
        account('b', { findings: [finding({ exemption }), finding({ controlId: 'old', exemption: { ...exemption, id: 'gone', expiresOn: '2026-11-19', state: 'expired' } })] }),
      ],
    });
    expect(rowsOf(tableOf(document, 'Exemptions, the next to end first'))).toEqual([
      ['gone', '2026-11-19ended 1 day before the scan Expired', 'accepted-riskMoves next year.', 'shop team', 'b old (fail)'],
      ['later', '2026-12-0111 days after the scan', 'accepted-riskMoves next year.', 'shop team', 'a exposure-not-public (fail), a other (unknown), b exposure-not-public (fail)'],
    ]);
    expect(wordsOf(document.one('#exceptions .lead'))).toContain('2 exemptions in use');
  });

  test('none is said as such', () => {
    expect(wordsOf(rendered().one('#exceptions'))).toContain('No exemption covers a finding.');
  });
});

describe('attestations', () => {
  const attestation = { by: 'Ada', on: '2026-01-01', until: '2026-11-20', evidence: 'ticket 7' };
  const document = (observed: Record<string, unknown>, status: 'pass' | 'manual'): Parsed =>
    parsed(renderHtml({ ...input({ assessments: [account('a', { findings: [finding({ controlId: 'guard-awake', status, observed: observed as { readonly attestation: typeof attestation } })] })] }), controls: [guardAwake] }));

  test.each([
    ['holds', 'pass', 'Attested'],
    ['does not hold', 'manual', 'Does not hold now'],
  ] as const)('one that %s', (_, status, standing) => {
    expect(rowsOf(tableOf(document({ attestation }, status), 'Attestations'))).toEqual([['guard-awake', standing, 'Ada', '2026-01-01', '2026-11-200 days after the scan', 'ticket 7']]);
  });

  test('what nobody attested is named, and counted as waiting', () => {
    const made = document({ procedure: [] }, 'manual');
    expect(wordsOf(made.one('.silent'))).toBe('Nobody attested guard-awake');
    expect(wordsOf(made.one('#exceptions .lead'))).toContain('1 manual control, 1 of which waits for somebody’s word.');
  });
});
