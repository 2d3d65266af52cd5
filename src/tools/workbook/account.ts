import type { ControlInfo } from '../../core/control.ts';
import { dateTime, heat, hide, hundred, icons, reachIcons, resourceLink, severityIcons, statusIcons, urlLink } from './columns.ts';
import type { Item } from './items.ts';
import { grid, group, hiddenParameter, parameters, shown, text, when } from './parts.ts';
import { kql, ready, withControls } from './queries.ts';

/** What is known of the finding that was clicked. */
function finding(catalogue: readonly ControlInfo[]): Item {
  return group('finding', [
    text('finding-about', '### {Control}'),
    grid({
      name: 'what-fixes-it',
      title: 'What fixes it',
      query: withControls('what-fixes-it', catalogue),
      empty: 'Click a finding above. Where one is chosen, this workbook is older than the monitor and does not know the control: deploy infra again.',
      size: 4,
      formatters: [urlLink('Documentation')],
      labels: { Title: 'What should be so', Fix: 'What to do', Cli: 'With the Azure CLI' },
    }),
    grid({ name: 'evidence', title: 'What it is based on', query: kql('evidence'), empty: 'Click a finding above.', size: 1, formatters: [] }),
    grid({
      name: 'finding-history',
      title: 'What became of it over the period',
      query: ready('history-of-a-finding', { "'orders'": '```{Shown}```', "'exposure-not-public'": '```{Control}```', 'ago(90d)': 'ago({Period})' }),
      empty: 'Nothing about it changed in the period.',
      size: 1,
      formatters: [dateTime('ScanTime'), icons('Status', statusIcons), dateTime('FailingSince')],
      labels: { ScanTime: 'Scan', FailingSince: 'Failing since', ScanId: 'Id of the scan' },
    }),
  ]);
}

/** One account, all of it. */
export function account(catalogue: readonly ControlInfo[]): readonly Item[] {
  const one = group('one-account', [
    grid({
      name: 'account',
      title: 'The account',
      query: kql('account'),
      empty: 'The account is not there any more.',
      size: 4,
      formatters: [resourceLink('ResourceId'), icons('Reach', reachIcons), resourceLink('Perimeter'), dateTime('LastRead')],
      labels: { ResourceId: 'Account', SubscriptionName: 'Subscription', Reach: 'Reached by', DecidedBy: 'Decided by', AccessMode: 'Access mode', LatentRisks: 'Latent risks', LastRead: 'Last read' },
    }),
    grid({
      name: 'findings',
      title: 'Every finding, what is open first. Click one for its evidence, what fixes it, and its history',
      query: ready('one-account', { "'orders'": '```{Shown}```' }),
      empty: 'The account has no findings.',
      size: 2,
      formatters: [icons('Severity', severityIcons), icons('Status', statusIcons), dateTime('Since'), dateTime('LastRead'), hide('ResourceId')],
      labels: { ControlId: 'Control', IsExempted: 'Exempted', Gaps: 'What could not be read', Sources: 'Where it was read', LastRead: 'Last read' },
      exports: { column: 'ControlId', parameter: 'Control' },
    }),
    shown(when('Control', 'isNotEqualTo', 'none'), finding(catalogue)),
  ]);
  return [
    text('account-about', 'Click an account. Where the parameters above leave only one, it is shown at once.'),
    grid({
      name: 'accounts',
      title: 'Accounts, the worst first',
      query: kql('accounts'),
      empty: 'No account is left by the parameters above.',
      size: 1,
      formatters: [icons('Reach', reachIcons), heat('FailedCritical'), heat('FailedHigh'), hundred('ScoreFloor'), hundred('ScoreCeiling'), dateTime('LastRead'), hide('ResourceId')],
      labels: { ResourceName: 'Account', SubscriptionName: 'Subscription', Reach: 'Reached by', FailedCritical: 'Critical', FailedHigh: 'High', Failed: 'All failing', ScoreFloor: 'Score, at least', ScoreCeiling: 'at most', LastRead: 'Last read' },
      exports: { column: 'ResourceId', parameter: 'Picked' },
    }),
    parameters('account-state', [hiddenParameter('Shown', kql('shown-account'))]),
    shown(when('Shown', 'isNotEqualTo', ''), one),
  ];
}
