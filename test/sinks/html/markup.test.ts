import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';
import { html, joined, visible, type Content } from '../../../src/sinks/html/markup.ts';

describe('a template', () => {
  test.each<[what: string, content: Content, text: string]>([
    ['escapes text', '<b>&"\'', '<p>&lt;b&gt;&amp;&quot;&#39;</p>'],
    ['keeps what is HTML already', html`<b>${'<'}</b>`, '<p><b>&lt;</b></p>'],
    ['joins lists', ['<', html`<br>`, ['>']], '<p>&lt;<br>&gt;</p>'],
    ['writes numbers', 0, '<p>0</p>'],
    ['writes nothing for null', null, '<p></p>'],
    ['writes separators between', joined(['a', '<', 'b'], html`<br>`), '<p>a<br>&lt;<br>b</p>'],
  ])('%s', (_, content, text) => {
    expect(html`<p>${content}</p>`.text).toBe(text);
  });

  test('holds any text, in an element and in an attribute, and nothing of it becomes an element', () => {
    const { DOMParser } = new Window();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', ';', '/', '=', '-', '!', 'a', '\0', '\r', '`') })), text => {
        const document = new DOMParser().parseFromString(html`<!doctype html><p title="${text}">${text}</p>`.text, 'text/html');
        const [only, ...others] = document.body.children;
        expect(others).toEqual([]);
        expect(only?.textContent).toBe(visible(text));
        expect(only?.getAttribute('title')).toBe(visible(text));
        expect(only?.attributes.length).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('characters that hide or turn others are shown', () => {
  test.each([
    ['text as it is', 'orders-prod ünïcødé 日本 👩‍🚀', 'orders-prod ünïcødé 日本 👩‍🚀'],
    ['lines and tabs', 'a\n\tb', 'a\n\tb'],
    ['a null', 'a\0b', 'a[U+0000]b'],
    ['a carriage return', 'a\rb', 'a[U+000D]b'],
    ['an override of direction', 'a\u202Eb', 'a[U+202E]b'],
    ['an isolate', 'a\u2066b', 'a[U+2066]b'],
    ['a zero width space', 'orders\u200Bprod', 'orders[U+200B]prod'],
    ['a byte order mark', '\uFEFFa', '[U+FEFF]a'],
    ['half of a pair', 'a\uD800b', 'a[U+D800]b'],
    ['a tag character', 'a\u{E0041}b', 'a[U+E0041]b'],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('templates in the source', () => {
  const folder = join(import.meta.dirname, '../../../src/sinks/html');
  const sources = readdirSync(folder).map(file => ({ file, source: readFileSync(join(folder, file), 'utf8') }));

  test('quote every attribute that holds a value', () => {
    const lines = sources.flatMap(({ file, source }) => source.split('\n').filter(line => line.includes('html`<')).map(line => `${file}: ${line}`));
    expect(lines.length).toBeGreaterThan(50);
    // Plain templates within, such as the text of a tag, are escaped with the rest.
    expect(lines.filter(line => /<[a-z][^`>]*\s[\w-]+=\$\{/.test(line))).toEqual([]);
  });

  test('call nothing HTML but the style, the script and themselves', () => {
    const trusted = sources.flatMap(({ file, source }) => (source.match(/new Markup\([^)]*\)/g) ?? []).map(call => `${file}: ${call}`));
    expect(trusted).toEqual(['index.ts: new Markup(`<style>${style}</style>`)', 'index.ts: new Markup(`<script>${script}</script>`)', 'markup.ts: new Markup(text)']);
    for (const { file, source } of sources) expect(source, file).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });
});
