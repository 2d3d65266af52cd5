import type { ControlInfo } from '../../core/control.ts';
import { account } from './account.ts';
import { changes } from './changes.ts';
import { controls } from './controls.ts';
import { exemptions } from './exemptions.ts';
import { exposure } from './exposure.ts';
import { head } from './head.ts';
import type { Item, Workbook } from './items.ts';
import { group, shown, tabs, text, when, workspacePlaceholder } from './parts.ts';
import { scanner } from './scanner.ts';
import { subscriptions } from './subscriptions.ts';

interface Tab {
  readonly value: string;
  readonly label: string;
  /** What it answers. */
  readonly question: string;
  readonly items: readonly Item[];
}

function allTabs(catalogue: readonly ControlInfo[]): readonly Tab[] {
  return [
    { value: 'exposure', label: 'Exposure', question: 'Who can reach which account, and why?', items: exposure() },
    { value: 'controls', label: 'Controls', question: 'What is open, how bad is it, and is it getting better?', items: controls() },
    { value: 'subscriptions', label: 'Subscriptions', question: 'Where does it stand worst, and where could nobody look?', items: subscriptions() },
    { value: 'account', label: 'One account', question: 'What is wrong with this account, on what evidence, and what fixes it?', items: account(catalogue) },
    { value: 'changes', label: 'Changes', question: 'What changed, and who or what brought it about?', items: changes() },
    { value: 'exemptions', label: 'Exemptions', question: 'What is accepted or attested, by whom, and until when?', items: exemptions() },
    { value: 'scanner', label: 'Scanner', question: 'Does the monitor itself work, and what does it cost?', items: scanner() },
  ];
}

/** The workbook over what is in the tables. */
export function workbook(catalogue: readonly ControlInfo[]): Workbook {
  const entries = allTabs(catalogue);
  const bodies = entries.map(({ value, question, items }) => shown(when('Tab', 'isEqualTo', value), group(`tab-${value}`, [text(`${value}-question`, `### ${question}`), ...items])));
  return {
    version: 'Notebook/1.0',
    items: [...head(), shown(when('Setup', 'isEqualTo', 'data'), group('body', [tabs('tabs', 'Tab', entries), ...bodies]))],
    fallbackResourceIds: [workspacePlaceholder],
    $schema: 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json',
  };
}

/** infra/workbook.json. */
export function renderWorkbook(catalogue: readonly ControlInfo[]): string {
  return `${JSON.stringify(workbook(catalogue), null, 1)}\n`;
}
