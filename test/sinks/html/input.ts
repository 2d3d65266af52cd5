import { Window } from 'happy-dom';
import type { HTMLElement } from 'happy-dom';
import { reportInputOf } from '../../../src/cli/report-input.ts';
import type { Assessment } from '../../../src/core/assessment.ts';
import { findingId, type Finding } from '../../../src/core/finding.ts';
import type { ScanSummary, SubscriptionResult } from '../../../src/core/scan.ts';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { subscriptionId } from '../../support/builders.ts';
import { finding, result, summary, assessment } from '../../support/results.ts';
import { scanSandbox } from '../../support/scan-sandbox.ts';

/** What a test says of a report's input; the rest is a scan of one subscription with what it names. */
export interface Given {
  readonly assessments?: readonly Assessment[];
  readonly subscriptions?: readonly SubscriptionResult[];
  readonly summary?: Partial<ScanSummary>;
}

export function input({ assessments = [assessment()], subscriptions = [result()], summary: differences = {} }: Given = {}): ReportInput {
  const complete = { subscriptions: { expected: 1, scanned: 1, denied: 0, throttled: 0, failed: 0, skipped: 0 }, complete: true, gaps: [] };
  return reportInputOf(summary({ ...complete, ...differences }), subscriptions, assessments);
}

let sandbox: Promise<ReportInput> | null = null;

/** The demo estate, scanned once, with a portal to link to. */
export function sandboxInput(): Promise<ReportInput> {
  sandbox ??= scanSandbox().then(({ summary: of, subscriptions, assessments }) => ({ ...reportInputOf(of, subscriptions, assessments), portal: 'https://portal.azure.com' }));
  return sandbox;
}

/** The demo estate several times over, with at least so many findings. */
export async function largeInput(findings: number): Promise<ReportInput> {
  const once = await sandboxInput();
  const assessments: Assessment[] = [];
  for (let round = 0, made = 0; made < findings; round += 1) {
    for (const each of once.assessments) {
      if (made >= findings) break;
      assessments.push(copied(each, round));
      made += each.findings.length;
    }
  }
  return { ...once, assessments };
}

function copied(each: Assessment, round: number): Assessment {
  const name = `${each.name}-${round}`;
  const resourceId = `${each.resourceId}-${round}`;
  const own = (text: string): string => text.replaceAll(each.resourceId, resourceId);
  return { ...each, name, resourceId, findings: each.findings.map(of => ({ ...of, id: findingId(resourceId, of.controlId), sources: of.sources.map(own) })) };
}

/** An account of this name in this subscription. */
export function account(name: string, differences: Partial<Assessment> = {}): Assessment {
  const id = differences.subscriptionId ?? subscriptionId;
  const resourceId = `/subscriptions/${id}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
  const findings = (differences.findings ?? []).map(each => ({ ...each, id: findingId(resourceId, each.controlId) }));
  return assessment({ resourceId, name, ...differences, findings });
}

export function unknownFinding(differences: Partial<Finding> = {}): Finding {
  const gaps = [{ fact: 'associations', reason: 'denied', detail: 'Cannot read associations.', permission: 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations/read' }] as const;
  return finding({ status: 'unknown', message: 'Not known: Cannot read associations.', observed: {}, sources: [], gaps, ...differences });
}

/** The document, as a browser without scripts has it. */
export interface Parsed {
  readonly text: string;
  readonly root: HTMLElement;
  readonly one: (selector: string) => HTMLElement;
  readonly all: (selector: string) => readonly HTMLElement[];
}

export function parsed(text: string): Parsed {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true, disableCSSFileLoading: true } });
  document.write(text);
  const root = document.documentElement;
  const all = (selector: string): readonly HTMLElement[] => [...root.querySelectorAll(selector)] as HTMLElement[];
  return {
    text,
    root,
    all,
    one(selector) {
      const found = all(selector);
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`There are ${found.length} elements "${selector}", not one.`);
      return only;
    },
  };
}

export function rendered(given: Given = {}): Parsed {
  return parsed(renderHtml(input(given)));
}

/** The text of an element as it is read: runs of white space are one space. */
export function wordsOf(element: HTMLElement): string {
  return element.textContent.replaceAll(/\s+/g, ' ').trim();
}

/** The rows of a table's body, as the texts of their cells. */
export function rowsOf(table: HTMLElement): readonly (readonly string[])[] {
  return [...table.querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => wordsOf(cell as HTMLElement)));
}

/** The table with this caption. */
export function tableOf(document: Parsed, caption: string): HTMLElement {
  const found = document.all('table').find(table => wordsOf(table.querySelector('caption') as HTMLElement) === caption);
  if (!found) throw new Error(`There is no table "${caption}".`);
  return found;
}
