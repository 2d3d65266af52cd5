import { expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { scanSandbox } from '../support/scan-sandbox.ts';

/** One line for each finding: a changed verdict is a changed line. Rewrite with: npm test -- --update */
test('the sandbox is judged as the committed report says', async () => {
  const { assessments, summary } = await scanSandbox();
  const { subscriptions, accounts, perimeters, score, complete } = summary;
  const head = `subscriptions ${JSON.stringify(subscriptions)}\naccounts ${accounts}, perimeters ${perimeters}, score ${JSON.stringify(score)}, complete ${complete}\n`;
  await expect(`${head}\n${assessments.map(lines).join('\n')}`).toMatchFileSnapshot('../golden/sandbox.txt');
});

function lines({ name, resourceType, score, exposure, findings }: Assessment): string {
  const type = resourceType.split('/').at(-1);
  const reach = exposure ? `, ${exposure.reach} by ${exposure.decidedBy}${exposure.latent.length > 0 ? `, latent ${exposure.latent.join(' ')}` : ''}` : '';
  const judged = findings.map(({ controlId, status, message, gaps = [] }) => {
    const why = status === 'fail' ? message.replaceAll(/key (on|is from) \d{4}-\d\d-\d\d/g, 'key $1 (a day)') : gaps.map(({ fact, reason }) => `${fact} ${reason}`).join(', ');
    return `  ${status.padEnd(13)} ${controlId}${why === '' ? '' : `: ${why}`}`;
  });
  return `${type} ${name}: floor ${score.floor}, ceiling ${score.ceiling}${reach}\n${judged.join('\n')}\n`;
}
