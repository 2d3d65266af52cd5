import { expect, test } from 'vitest';
import { cosmosCompliance } from '../support/cli.ts';

test.each([
  ['lists without a word', [], 0, /^Accounts \(\d+\)\n[\s\S]*exposure-not-public/],
  ['lists', ['list'], 0, /^Accounts \(\d+\)\n[\s\S]*exposure-not-public/],
  ['shows', ['show', 'exposure-not-public'], 0, /^exposure-not-public\ncritical, looks at an account\n/],
])('controls %s', async (_, args, code, says) => {
  expect(await cosmosCompliance(['controls', ...args])).toEqual({ code, stdout: expect.stringMatching(says), stderr: '' });
});

test.each([
  ['a control that is not there', ['show', 'exposure-not-publik'], /^There is no control "exposure-not-publik"\. Did you mean exposure-not-public\? .*\n$/],
  ['no id', ['show'], /missing required argument 'control'/],
  ['another word', ['shwo'], /Run cosmos-compliance controls --help/],
])('controls exits with 2 for %s', async (_, args, says) => {
  expect(await cosmosCompliance(['controls', ...args])).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});
