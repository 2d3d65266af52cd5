/** A text with one thing changed. */
export interface Mutant {
  readonly text: string;
  readonly line: number;
  /** `max( → min(` and the line, for people. */
  readonly change: string;
}

interface Rule {
  readonly find: RegExp;
  readonly replace: (found: string) => string;
}

function flip(pairs: Readonly<Record<string, string>>): (found: string) => string {
  return found => pairs[found] ?? found;
}

/** Operators stand between spaces; functions are followed by their parenthesis. */
const rules: readonly Rule[] = [
  { find: /(?<= )(==|!=|>=|<=|>|<)(?= )/g, replace: flip({ '==': '!=', '!=': '==', '>=': '>', '>': '>=', '<=': '<', '<': '<=' }) },
  { find: /(?<= )(and|or)(?= )/g, replace: flip({ and: 'or', or: 'and' }) },
  { find: /(?<= )(!in|in|startswith|!contains)(?= )/g, replace: flip({ in: '!in', '!in': 'in', startswith: '!startswith', '!contains': 'contains' }) },
  { find: /\bnot\(/g, replace: () => '(' },
  { find: /\bis(not)?null\(/g, replace: flip({ 'isnull(': 'isnotnull(', 'isnotnull(': 'isnull(' }) },
  {
    find: /\b(arg_max|arg_min|max|min|maxif|max_of|min_of|sum|sumif|make_set|prev|next|count_distinct)\(/g,
    replace: flip({
      'arg_max(': 'arg_min(',
      'arg_min(': 'arg_max(',
      'max(': 'min(',
      'min(': 'max(',
      'maxif(': 'minif(',
      'max_of(': 'min_of(',
      'min_of(': 'max_of(',
      'sum(': 'max(',
      'sumif(': 'maxif(',
      'make_set(': 'make_list(',
      'prev(': 'next(',
      'next(': 'prev(',
      'count_distinct(': 'max(',
    }),
  },
  { find: /\bcount\(\)/g, replace: () => 'countif(false)' },
  { find: /(?<=kind=)(leftouter|leftanti)/g, replace: flip({ leftouter: 'inner', leftanti: 'leftsemi' }) },
  { find: /(?<=[ (])\d+(?=[dhm]?[ ,);\n])/g, replace: found => String(Number(found) + 1) },
  { find: /'[^'\n]+'/g, replace: found => `'${found.slice(1, -1)}_'` },
  { find: /(?<= )(asc|desc)\b/g, replace: flip({ asc: 'desc', desc: 'asc' }) },
  { find: /(?<= )[-+/](?= )/g, replace: flip({ '+': '-', '-': '+', '/': '*' }) },
  { find: /(?<= )(true|false)\b/g, replace: flip({ true: 'false', false: 'true' }) },
  // A step less.
  { find: /^ *\| (where|sort by) .*\n/gm, replace: () => '' },
  // Grouped by less: by the first key, or by the last.
  { find: /(?<= by )\w+, \w+(?=;?$)/gm, replace: found => found.split(', ')[0] ?? found },
  { find: /(?<= by )\w+, \w+(?=;?$)/gm, replace: found => found.split(', ').at(-1) ?? found },
];

/** Mutants of what a text does; not of its comments. */
export function mutantsOf(text: string): Mutant[] {
  return rules.flatMap(({ find, replace }) =>
    [...text.matchAll(find)].flatMap(match => {
      const [found] = match;
      const before = text.slice(0, match.index);
      const start = before.lastIndexOf('\n') + 1;
      const line = text.slice(start).split('\n', 1)[0] ?? '';
      const inText = (text.slice(start, match.index).match(/'/g)?.length ?? 0) % 2 === 1;
      if (line.trimStart().startsWith('//') || inText) return [];
      const change = `${found.trim()} → ${replace(found) || '(nothing)'}`;
      return [
        {
          text: before + replace(found) + text.slice(match.index + found.length),
          line: before.split('\n').length,
          change: found.includes('\n') ? `without ${found.trim()}` : `${change}   ${line.trim()}`,
        },
      ];
    }),
  );
}
