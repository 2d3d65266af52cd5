import { describe, expect, test } from 'vitest';
import { code, paragraphs, prose, steps, table } from '../../src/tools/docs/markdown.ts';

describe('markdown', () => {
  test('a cell holds pipes and line breaks', () => {
    expect(table(['a', 'b'], [['x | y', 'one\ntwo']])).toBe('| a | b |\n|---|---|\n| x \\| y | one two |');
  });

  test('a code block is not ended by what it holds', () => {
    expect(code('sh', 'echo')).toBe('```sh\necho\n```');
    expect(code('md', '```\n')).toBe('````md\n```\n\n````');
  });

  test('placeholders and stars are shown, code stays', () => {
    expect(prose('Set <id> to *, not `<id>` or `a_b`; a_b.')).toBe('Set \\<id> to \\*, not `<id>` or `a_b`; a\\_b.');
  });

  test('empty paragraphs are left out', () => {
    expect(paragraphs(['a', '', 'b'])).toBe('a\n\nb\n');
  });

  test('the code of a step belongs to it, from the tenth on too', () => {
    const rendered = steps([...Array.from({ length: 9 }, () => 'Look.'), 'Ask:\nTable\n\n| take 1'], 'kusto');
    expect(rendered.split('\n').slice(9)).toEqual(['10. Ask:', '', '    ```kusto', '    Table', '', '    | take 1', '    ```']);
  });
});
