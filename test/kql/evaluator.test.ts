import { describe, expect, test } from 'vitest';
import { arrivedAt, workspace } from '../support/kql/evaluate.ts';
import { KqlUnsupported } from '../support/kql/values.ts';
import { comparable } from './cases/case.ts';

const now = new Date('2026-11-20T10:30:00Z');

/** A table to ask about: numbers, texts and times, some of them missing. */
const { run, analyse } = workspace({
  tables: {
    T: [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Name', type: 'string' },
      { name: 'Number', type: 'int' },
      { name: 'Share', type: 'real' },
      { name: 'Is', type: 'bool' },
      { name: 'Bag', type: 'dynamic' },
    ],
    Other: [
      { name: 'Name', type: 'string' },
      { name: 'Size', type: 'long' },
      { name: 'Label', type: 'string' },
    ],
  },
  functions: [
    { name: 'Least', parameters: 'Bound:int = 2, Since:timespan = 1d', body: 'let Recent = T | where TimeGenerated > ago(Since);\nRecent\n| where Number >= Bound' },
    { name: 'Named', parameters: '', body: 'Least()\n| project Name' },
  ],
});

const tables = {
  T: [
    { TimeGenerated: '2026-11-20T09:00:00Z', Name: 'b', Number: 2, Share: 0.5, Is: true, Bag: { list: ['x', 'y'], deep: { n: 1 } }, [arrivedAt]: '2026-11-20T09:10:00Z' },
    { TimeGenerated: '2026-11-19T12:00:00Z', Name: 'a', Number: 7, Share: 1.25, Is: false, Bag: { list: ['y'] } },
    { TimeGenerated: '2026-11-18T00:00:00Z', Name: 'a' },
  ],
  Other: [
    { Name: 'a', Size: 10, Label: 'ten' },
    { Name: 'c', Size: 30, Label: 'thirty' },
  ],
};

const rowsOf = (query: string): readonly Readonly<Record<string, unknown>>[] => comparable(run(query, tables, now), []);
const valueOf = (expression: string): unknown => rowsOf(`print X = ${expression}`)[0]?.['X'];

describe('a scalar expression', () => {
  test.each<[string, unknown]>([
    // @see https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
    ['int(null) == int(null)', null],
    ['int(null) == 5', false],
    ['int(null) != 5', true],
    ['int(null) > 5', null],
    ['int(null) + 1', null],
    ["'' == ''", true],
    ["'A' == 'a'", false],
    ["'A' =~ 'a'", true],
    ["isempty('') and isnull(int(null)) and isnotempty('a') and isnotnull(1)", true],
    // Three values: what is not known stays so, unless the other side decides.
    ['(int(null) == int(null)) and false', false],
    ['(int(null) == int(null)) and true', null],
    ['(int(null) == int(null)) or true', true],
    ['(int(null) == int(null)) or false', null],
    ['not(true)', false],
    ['not(int(null) == int(null))', null],
    ['iff(int(null) == int(null), 1, 2)', 2],
    ["case(1 == 2, 'a', 2 == 2, 'b', 'c')", 'b'],
    ["case(1 == 2, 'a', 'c')", 'c'],
    ["coalesce('', 'b', 'c')", 'b'],
    ['coalesce(int(null), 3)', 3],
    // Whole numbers divide to whole numbers.
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['7 / 2.0', 3.5],
    ['7 / 0', null],
    ['7 % 3', 1],
    ['-7 % 3', 2],
    ['1 / 4.0 * 2 - 3 + 1', -1.5],
    ['round(1.25, 1) + round(2.5)', 4.3],
    ['max_of(1, 3, 2) - min_of(4, 2)', 1],
    ['max_of(int(null), 3)', 3],
    // Bins of time begin at midnight of the first day of the calendar.
    ['bin(datetime(2026-11-20T10:30:00Z), 1d)', '2026-11-20T00:00:00.000Z'],
    ['bin(datetime(2026-11-20T10:30:00Z), 7d)', '2026-11-16T00:00:00.000Z'],
    ['bin(17, 5)', 15],
    ['floor(-1.5, 1)', -2],
    ['startofday(now())', '2026-11-20T00:00:00.000Z'],
    ['ago(90m)', '2026-11-20T09:00:00.000Z'],
    ['datetime(2026-11-20) - 1d', '2026-11-19T00:00:00.000Z'],
    ['(datetime(2026-11-20) - datetime(2026-11-19)) / 1h', 24],
    // Boundaries that are crossed, not time that has passed.
    ["datetime_diff('day', datetime(2026-11-20T00:01:00Z), datetime(2026-11-19T23:59:00Z))", 1],
    ["datetime_diff('hour', datetime(2026-11-20T10:59:00Z), datetime(2026-11-20T10:01:00Z))", 0],
    ["datetime_diff('minute', datetime(2026-11-20T10:01:00Z), datetime(2026-11-20T10:30:00Z))", -29],
    ["datetime_diff('day', datetime(null), now())", null],
    ["todatetime('2026-12-31') == datetime(2026-12-31)", true],
    ["todatetime('some day')", null],
    ["format_datetime(now(), 'yyyy-MM-dd HH:mm')", '2026-11-20 10:30'],
    ["format_datetime(now(), 'yyyy-MM-dd')", '2026-11-20'],
    ['range(datetime(2026-11-18), datetime(2026-11-20), 1d)', ['2026-11-18T00:00:00.000Z', '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z']],
    ['range(3, 2, 1)', []],
    ["'b' in ('a', 'b') and 'B' !in ('a', 'b')", true],
    ["'x' in (dynamic(['x', 'y']))", true],
    ["'a' in ((Other | project Name))", true],
    ['toscalar(Other | summarize max(Size))', 30],
    ["'The door' startswith 'the' and 'The door' contains 'DOO' and 'The door' !startswith 'door'", true],
    ["'over-the-top' has 'the' and 'over-the-top' !has 'to'", true],
    ["dynamic({'a': [1, {'b': 2}]}).a[1].b", 2],
    ["dynamic({'a': 1}).c", null],
    ["dynamic({'a': 1})['a']", 1],
    ["dynamic(['a', 'b'])[-1]", 'b'],
    ["tostring(dynamic({'a': 1}).c)", ''],
    ["tostring(dynamic({'a': 1}))", '{"a":1}'],
    ['tostring(true)', 'True'],
    ['tostring(datetime(2026-11-20T10:30:00Z))', '2026-11-20T10:30:00.0000000Z'],
    ["toint('12') + tolong(3.9) + toreal('0.5')", 15.5],
    ["toint('twelve')", null],
    ["strcat('a', 1, tolower('B'))", 'a1b'],
    ["replace_string('a=b=c', '=', ':')", 'a:b:c'],
    ["strcat_array(array_sort_asc(dynamic(['b', 'a'])), ', ')", 'a, b'],
    ['array_length(dynamic([1, 2]))', 2],
    ['array_length(dynamic(null))', null],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected);
  });
});

describe('a tabular expression', () => {
  test.each<[string, readonly Readonly<Record<string, unknown>>[]]>([
    ['T | where Number > 1 | project Name', [{ Name: 'b' }, { Name: 'a' }]],
    [
      'T | where Number != 7 | project Name, Number',
      [
        { Name: 'b', Number: 2 },
        { Name: 'a', Number: null },
      ],
    ],
    ['T | where isnull(Share) | project Name, Text = tostring(Is)', [{ Name: 'a', Text: '' }]],
    ['T | extend Number = Number * 2, Twice = Number | where Is | project Name, Number, Twice', [{ Name: 'b', Number: 4, Twice: 2 }]],
    [
      'Other | project-away Label | project-rename Id = Name',
      [
        { Id: 'a', Size: 10 },
        { Id: 'c', Size: 30 },
      ],
    ],
    ['T | distinct Name', [{ Name: 'b' }, { Name: 'a' }]],
    // The default is descending; what is missing comes first where it is ascending.
    ['T | sort by Number | project Number', [{ Number: 7 }, { Number: 2 }, { Number: null }]],
    [
      'T | sort by Name asc, Number asc | project Name, Number',
      [
        { Name: 'a', Number: null },
        { Name: 'a', Number: 7 },
        { Name: 'b', Number: 2 },
      ],
    ],
    ['T | top 1 by TimeGenerated desc | project Name', [{ Name: 'b' }]],
    [
      'T | summarize Rows = count(), Sum = sum(Number), Mean = avg(Number), Least = min(Share) by Name',
      [
        { Name: 'b', Rows: 1, Sum: 2, Mean: 2, Least: 0.5 },
        { Name: 'a', Rows: 2, Sum: 7, Mean: 7, Least: 1.25 },
      ],
    ],
    ['T | where false | summarize Rows = count(), Sum = sum(Number), Last = max(TimeGenerated)', [{ Rows: 0, Sum: 0, Last: null }]],
    ['T | where false | summarize count() by Name', []],
    [
      'T | summarize Big = countif(Number > 2), SumBig = sumif(Number, Number > 2), Late = maxif(Number, Is), Mean = avgif(Number, Is), Share = countif(Is) * 100 / count()',
      [{ Big: 1, SumBig: 7, Late: 2, Mean: 2, Share: 33 }],
    ],
    [
      'T | summarize Names = make_set(Name), All = make_list(Name), One = make_set(Name, 1), Kinds = count_distinct(Name), Numbers = count_distinctif(Name, Number > 0)',
      [{ Names: ['b', 'a'], All: ['b', 'a', 'a'], One: ['b'], Kinds: 2, Numbers: 2 }],
    ],
    [
      'T | summarize arg_max(TimeGenerated, *) by Name | project Name, Number',
      [
        { Name: 'b', Number: 2 },
        { Name: 'a', Number: 7 },
      ],
    ],
    [
      'T | summarize arg_min(TimeGenerated, Number, Twice = Share * 2) by Name',
      [
        { Name: 'b', TimeGenerated: '2026-11-20T09:00:00.000Z', Number: 2, Twice: 1 },
        { Name: 'a', TimeGenerated: '2026-11-18T00:00:00.000Z', Number: null, Twice: null },
      ],
    ],
    ['T | where false | summarize Rows = count(), arg_max(TimeGenerated, Number)', [{ Rows: 0, TimeGenerated: null, Number: null }]],
    ['T | summarize by Name', [{ Name: 'b' }, { Name: 'a' }]],
    [
      'T | summarize Any = take_any(Number) by Name',
      [
        { Name: 'b', Any: 2 },
        { Name: 'a', Any: 7 },
      ],
    ],
    ['T | summarize Rows = count() by Day = startofday(TimeGenerated) | where Rows > 0 | summarize Days = count()', [{ Days: 3 }]],
    [
      'T | project Name, Number | lookup kind=leftouter (Other) on Name',
      [
        { Name: 'b', Number: 2, Size: null, Label: '' },
        { Name: 'a', Number: 7, Size: 10, Label: 'ten' },
        { Name: 'a', Number: null, Size: 10, Label: 'ten' },
      ],
    ],
    ['T | project Name | lookup kind=inner (Other) on Name | summarize count()', [{ count_: 2 }]],
    ['T | project Name | lookup (Other) on Name | summarize count()', [{ count_: 3 }]],
    ['T | project Name | join kind=leftanti (Other) on Name', [{ Name: 'b' }]],
    ['Other | join kind=leftsemi (T) on Name | project Size', [{ Size: 10 }]],
    [
      'T | where Number > 0 | mv-expand Element = Bag.list to typeof(string) | project Name, Element',
      [
        { Name: 'b', Element: 'x' },
        { Name: 'b', Element: 'y' },
        { Name: 'a', Element: 'y' },
      ],
    ],
    ['print N = 1 | mv-expand N = dynamic([1, true]) to typeof(string)', [{ N: '1' }, { N: 'True' }]],
    [
      'Other | mv-expand Size = range(Size, Size + 1, 1) to typeof(long) | project Name, Size',
      [
        { Name: 'a', Size: 10 },
        { Name: 'a', Size: 11 },
        { Name: 'c', Size: 30 },
        { Name: 'c', Size: 31 },
      ],
    ],
    [
      'T | sort by TimeGenerated asc | extend Before = prev(Number), After = next(Name) | project Number, Before, After',
      [
        { Number: null, Before: null, After: 'a' },
        { Number: 7, Before: null, After: 'b' },
        { Number: 2, Before: 7, After: '' },
      ],
    ],
    [
      'T | sort by Name asc, TimeGenerated desc | extend Rank = row_number(1, prev(Name) != Name) | project Name, Rank',
      [
        { Name: 'a', Rank: 1 },
        { Name: 'a', Rank: 2 },
        { Name: 'b', Rank: 1 },
      ],
    ],
    [
      'union (T | project Name, Number), (Other | project Name, Label)',
      [
        { Name: 'b', Number: 2, Label: '' },
        { Name: 'a', Number: 7, Label: '' },
        { Name: 'a', Number: null, Label: '' },
        { Name: 'a', Number: null, Label: 'ten' },
        { Name: 'c', Number: null, Label: 'thirty' },
      ],
    ],
    ['Other | project Name | union (T | where Is | project Name)', [{ Name: 'a' }, { Name: 'c' }, { Name: 'b' }]],
    ['union isfuzzy=true (datatable(Name: string)[]), (Other | project Name)', [{ Name: 'a' }, { Name: 'c' }]],
    [
      "datatable(Name: string, At: datetime)['a', datetime(2026-11-20), 'b', datetime(null)]",
      [
        { Name: 'a', At: '2026-11-20T00:00:00.000Z' },
        { Name: 'b', At: null },
      ],
    ],
    ['range Day from datetime(2026-11-19) to datetime(2026-11-20) step 1d', [{ Day: '2026-11-19T00:00:00.000Z' }, { Day: '2026-11-20T00:00:00.000Z' }]],
    ['let Bound = 5; let Big = T | where Number > Bound; Big | project Name | render table', [{ Name: 'a' }]],
    ['T | where Is | project Arrived = ingestion_time()', [{ Arrived: '2026-11-20T09:10:00.000Z' }]],
    ["T | where Name == 'a' and isnotnull(Number) | project Arrived = ingestion_time()", [{ Arrived: '2026-11-19T12:00:00.000Z' }]],
    ['Least() | project Number', [{ Number: 2 }, { Number: 7 }]],
    ['Least(3) | project Number', [{ Number: 7 }]],
    ['Least(3, 1h) | project Number', []],
    ['Named()', [{ Name: 'b' }, { Name: 'a' }]],
  ])('%s', (query, expected) => {
    expect(rowsOf(query)).toEqual(expected);
  });
});

describe('what is not implemented is refused', () => {
  test.each([
    ['T | join kind=inner (Other) on Name', 'join kind=inner'],
    ['T | join kind=leftouter (Other) on $left.Name == $right.Label', 'a name that is a'],
    ['T | make-series count() on TimeGenerated step 1d', 'the operator MakeSeriesOperator'],
    ['T | mv-expand Element = Bag.list', 'mv-expand of something that is no list, or empty'],
    ['T | mv-expand Bag, Name = Bag', 'several columns'],
    ['T | extend X = strlen(Name)', 'the function strlen'],
    ['T | summarize percentile(Number, 95)', 'the function percentile'],
    ['T | project Name | extend X = ingestion_time()', 'ingestion_time() of rows that are not those of a table'],
    ['T | sort by Number asc nulls last', 'nulls first or last'],
    ['T | sort by Name asc | extend X = row_number()', 'row_number with 0 arguments'],
    ['T | sort by Name asc | extend X = prev(Name, 2)', 'prev by a distance'],
    ['union kind=inner T, Other', 'kind of UnionOperator'],
    ["print X = format_datetime(now(), 'yy')", 'format_datetime to yy'],
    ["print X = datetime_diff('week', now(), now())", 'datetime_diff by week'],
    ["print X = 'a' matches regex 'b'", 'MatchesRegexExpression'],
    ['T | parse Name with A', 'the operator ParseOperator'],
    ['print X = tostring(1h)', 'the text of a timespan'],
  ])('%s', (query, what) => {
    expect(() => rowsOf(query)).toThrow(KqlUnsupported);
    expect(() => rowsOf(query)).toThrow(what);
  });
});

test("a query with a mistake is refused with the binder's words", () => {
  expect(() => rowsOf('T | where Nmae == 1')).toThrow(/KS142.*Nmae/);
});

test('a function that calls itself is refused', () => {
  const body = 'Loop()';
  expect(() => workspace({ tables: {}, functions: [{ name: 'Loop', parameters: '', body }] })).toThrow('Loop calls itself');
});

test('columns and types come from the binder', () => {
  expect(analyse('T | summarize count(), avg(Share) by bin(TimeGenerated, 1d)').columns).toEqual([
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'count_', type: 'long' },
    { name: 'avg_Share', type: 'real' },
  ]);
});
