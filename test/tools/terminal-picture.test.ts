import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { terminalPage } from '../../src/tools/terminal-picture.ts';

const paint = (style: Parameters<typeof styleText>[0], text: string): string => styleText(style, text, { validateStream: false });
const shown = (output: string): string => /<b class="prompt">\$<\/b> npm start\n\n([^]*)<\/pre>/.exec(terminalPage('npm start', output))?.[1] ?? '';

test.each([
  ['plain text', 'a b', 'a b'],
  ['what looks like HTML', '<b> & c', '&lt;b&gt; &amp; c'],
  ['one style', `${paint('red', 'internet')} x`, '<span class="red">internet</span> x'],
  ['two styles at once', `${paint(['bold', 'yellow'], 'Incomplete')}: 9`, '<span class="bold yellow">Incomplete</span>: 9'],
  ['a style that the picture does not know', `${paint('underline', 'x')} y`, 'x y'],
])('a picture of the terminal shows %s', (_, output, text) => {
  expect(shown(output)).toBe(text);
});
