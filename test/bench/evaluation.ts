import { standardBaseline } from '../../src/scan/baseline.ts';
import { accountControls } from '../../src/controls/index.ts';
import { assess } from '../../src/core/evaluate.ts';
import { known } from '../../src/core/fact.ts';
import { accountSnapshot } from '../../src/exposure/snapshots.ts';
import { account, accountFacts, organisation, perimeterAssociation, perimeterId, profile, side } from '../support/builders.ts';

/** Milliseconds to derive the facts of one account and judge it by every control. */
export function evaluationPerAccount(count: number): number {
  const perimeter = { id: perimeterId, profiles: known([profile()]), associations: known([perimeterAssociation()]) };
  const configuration = { name: 'configuration', perimeterId, perimeterGuid: null, associationName: 'orders', side: side() };
  const judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: standardBaseline.settings };
  const others = accountFacts();
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    const id = `${account().id}-${index}`;
    const read = account({ id, publicNetworkAccess: 'Enabled', ipRules: ['203.0.113.7', '198.51.100.0/24', `20.${index % 200}.0.0/28`] });
    const { snapshot, exposure } = accountSnapshot({ ...others, id, account: known(read), configurations: known([configuration]) }, [perimeter]);
    assess({ resourceId: id, resourceType: 'Microsoft.DocumentDB/databaseAccounts', name: 'orders', subscriptionId: '', location: null }, exposure, snapshot, accountControls, judge);
  }
  return (performance.now() - started) / count;
}

/** Run as a program: `node test/bench/evaluation.ts 100000` judges one account after the other and prints seconds and peak memory. */
if (process.argv[1] === import.meta.filename) {
  const count = Number(process.argv[2]);
  const perAccount = evaluationPerAccount(count);
  console.log(JSON.stringify({ count, controls: accountControls.length, seconds: (perAccount * count) / 1000, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
}
