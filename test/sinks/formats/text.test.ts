import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, codeBlock, table, words } from '../../../src/sinks/formats/markdown-text.ts';
import { beginning, json, portalLink, printable } from '../../../src/sinks/formats/text.ts';
import { hostileText, unsafeInJson } from '../../support/report-inputs.ts';

describe('printable', () => {
  test.each([
    ['plain text', 'orders-db', 'orders-db'],
    ['lines and tabs', 'a\r\n\tb', 'a b'],
    ['colours of a terminal', '\u001B[31mred', ' [31mred'],
    ['eight-bit control characters', '\u009B2J', ' 2J'],
    ['writing turned around', 'exe.\u202Egnp', 'exe. gnp'],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    ['letters of any script', 'Größe 大きさ 👩‍💻', 'Größe 大きさ 👩‍💻'],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('json', () => {
  test('is what JSON.stringify says, well-formed and without control characters', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.oneof(hostileText, fc.integer(), fc.constant(null))), value => {
        const text = json(value);
        expect(unsafeInJson(text)).toEqual([]);
        expect(Object.values(JSON.parse(text) as object)).toEqual(Object.values(JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toWellFormed(), typeof each === 'string' ? each.toWellFormed() : each])))) as object));
      }),
    );
  });

  test.each([
    ['half a character', '\uD800', String.raw`"` + '\uFFFD"'],
    ['the escape of half a character, as text', String.raw`\ud800`, String.raw`"\\ud800"`],
    ['a backslash before half a character', `\\\uD800`, String.raw`"\\` + '\uFFFD"'],
    ['an emoji', '👋', '"👋"'],
  ])('%s', (_, value, expected) => {
    expect(json(value)).toBe(expected);
  });
});

describe('beginning', () => {
  test.each([
    ['a short text', 'abc', 3, 'abc'],
    ['a long text', 'abcd', 3, 'ab…'],
    ['characters of two units', '👋👋👋', 3, '👋👋👋'],
    ['no half character', '👋👋👋👋', 3, '👋👋…'],
  ])('%s', (_, text, most, expected) => {
    expect(beginning(text, most)).toBe(expected);
  });
});

describe('portal links', () => {
  test.each([
    ['a resource', 'https://portal.azure.com', '/subscriptions/s/resourceGroups/r', 'https://portal.azure.com/#resource/subscriptions/s/resourceGroups/r'],
    ['what an address cannot hold', 'https://portal.azure.com', "/subscriptions/a b)(?#'\uD800", 'https://portal.azure.com/#resource/subscriptions/a%20b%29%28%3F%23%27%EF%BF%BD'],
    ['a cloud without a portal', null, '/subscriptions/s', null],
    ['what the portal does not show', 'https://portal.azure.com', '/tenants/t', null],
  ])('%s', (_, portal, resourceId, expected) => {
    expect(portalLink(portal, resourceId)).toBe(expected);
  });
});

describe('Markdown', () => {
  test.each([
    ['a name', 'orders', '`orders`'],
    ['a pipe', 'a|b', '`a\u00A6b`'],
    ['a pipe behind a backslash', String.raw`a\|b`, '`a\\\u00A6b`'],
    ['a backtick', 'a`b', '`` a`b ``'],
    ['backticks', 'a``b', '``` a``b ```'],
    ['a long text', 'x'.repeat(200), `\`${'x'.repeat(159)}…\``],
    ['lines', 'a\nb', '`a b`'],
    ['nothing', '  ', ''],
  ])('code of %s', (_, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  test('the fence of a block is longer than any in it', () => {
    expect(codeBlock('bicep', 'x\n````\ny')).toBe('`````bicep\nx\n````\ny\n`````');
    expect(codeBlock('bicep', 'x')).toBe('```bicep\nx\n```');
  });

  test('our own words end no cell and open no HTML', () => {
    expect(words('a | <b> `c` [d]')).toBe(String.raw`a \| \<b\> \`c\` \[d\]`);
  });

  test('a table without rows is nothing', () => {
    expect(table(['a'], [])).toBe('');
    expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});
