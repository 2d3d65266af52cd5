import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mostBytes, parseBaseline } from '../../src/baseline/parse.ts';
import { catalogue, made } from '../support/baselines.ts';

const problemsOf = (text: string): string[] => (parseBaseline(text, catalogue).problems ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);

const exemption = { id: 'legacy', controls: ['door-locked'], scope: { resourceId: '/subscriptions/11111111-1111-1111-1111-111111111111' }, category: 'accepted-risk', reason: 'It moves.', owner: 'jane', expiresOn: '2026-12-31' };
const attestation = { control: 'guard-awake', by: 'jane', on: '2026-11-20', until: '2027-11-19', evidence: 'SEC-1' };

/** A file with one exemption that differs, as JSON on three lines: problems are on line 3. */
const exempting = (differences: object): string => `{ "name": "x",\n"exemptions": [\n${JSON.stringify({ ...exemption, ...differences })}] }`;
const attesting = (differences: object): string => `{ "name": "x",\n"attestations": [\n${JSON.stringify({ ...attestation, ...differences })}] }`;

describe('a good file', () => {
  test('needs no more than a name', () => {
    expect(parseBaseline('name: contoso', catalogue).file).toEqual({
      name: 'contoso',
      profile: 'standard',
      controls: {},
      trustedSubscriptions: [],
      approvedRanges: [],
      approvedOutboundDomains: [],
      allowedWorkspaces: [],
      allowedRegions: [],
      requiredTags: [],
      dataPlaneOwners: [],
      exemptions: [],
      attestations: [],
    });
  });

  const whole = `
name: contoso
profile: strict
controls:
  door-locked: { enabled: false }
  windows-few:
    severity: critical
    parameters: { most: 3, names: [attic] }
trustedSubscriptions: [11111111-1111-1111-1111-111111111111]
approvedRanges: [198.51.100.0/24, 2001:db8::/32, 203.0.113.7, 0.0.0.0]
approvedOutboundDomains: [contoso.com, "*.fabrikam.co.uk", xn--bcher-kva.example]
allowedWorkspaces: [/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/logs/providers/microsoft.operationalinsights/workspaces/security]
allowedRegions: [westeurope, West Europe, US Gov Virginia]
requiredTags: [classification, "cost center"]
dataPlaneOwners: [22222222-2222-2222-2222-222222222222]
exemptions:
  - id: legacy
    controls: [door-locked, windows-few]
    scope:
      resourceId: /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/data
      tag: { name: environment, value: test }
    category: mitigated
    reason: |
      Two lines
      of reason.
    owner: jane@contoso.com
    expiresOn: 2028-02-29
attestations:
  - { control: guard-awake, by: jane, on: 2026-11-20, until: 2026-11-20, evidence: SEC-1 }
`;

  test('may hold everything', () => {
    expect(problemsOf(whole)).toEqual([]);
    expect(parseBaseline(whole, catalogue).file).toMatchObject({
      profile: 'strict',
      controls: { 'door-locked': { enabled: false }, 'windows-few': { severity: 'critical', parameters: { most: 3, names: ['attic'] } } },
      exemptions: [{ reason: 'Two lines\nof reason.', expiresOn: '2028-02-29', scope: { tag: { name: 'environment', value: 'test' } } }],
      attestations: [{ on: '2026-11-20' }],
    });
  });

  test('says only what it says: parameters it leaves out stay out', () => {
    expect(parseBaseline('name: x\ncontrols: { windows-few: { parameters: { most: 3 } } }', catalogue).file?.controls).toEqual({ 'windows-few': { parameters: { most: 3 } } });
  });

  test.each([
    ['JSON', '{"$schema": "baseline.schema.json", "name": "contoso",\n\t"requiredTags": ["owner"]}'],
    ['JSON with a byte order mark', '\uFEFF{"name": "contoso", "requiredTags": ["owner"]}'],
    ['YAML with CRLF', 'name: contoso\r\nrequiredTags:\r\n  - owner\r\n'],
    ['YAML that repeats a value by an alias', 'name: contoso\nrequiredTags: [&tag owner, *tag]'],
    ['YAML that says its version', '%YAML 1.2\n---\nname: contoso\nrequiredTags: [owner]'],
  ])('may be %s', (_, text) => {
    const { file } = parseBaseline(text, catalogue);
    expect(file?.name).toBe('contoso');
    expect(new Set(file?.requiredTags)).toEqual(new Set(['owner']));
  });
});

describe('what is no baseline at all', () => {
  const nested = '['.repeat(200_000);
  const bomb = `name: x\na: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghi'.replaceAll(/./g, (key, place: number) => `${key}: &${key} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[place]}`).join(', ')}]\n`)}`;

  test.each([
    ['an empty file', '', '1:1 The file is empty.'],
    ['white space', ' \n\n', '1:1 The file is empty.'],
    ['comments only', '# name: x\n', '1:1 The file is empty.'],
    ['a document without content', '---\n', '1:1 The file is empty.'],
    ['a list', '- name: x', '1:1 The file is no mapping of names to values.'],
    ['a word', 'name', '1:1 The file is no mapping of names to values.'],
    ['a number', '42', '1:1 The file is no mapping of names to values.'],
    ['two documents', 'name: x\n---\nname: y', '2:1 The file holds several documents.'],
    ['an unfinished list', 'name: x\nrequiredTags: [a', '2:17 This is no YAML: '],
    ['an unfinished text', 'name: "x', '1:9 This is no YAML: '],
    ['a tab as indent', 'controls:\n\tdoor-locked: {}', '2:1 A tab indents the line.'],
    ['the same key twice', 'name: x\nname: y', '2:1 The key "name" is there twice in the same mapping.'],
    ['the same control twice', 'name: x\ncontrols:\n  door-locked: {}\n  door-locked: { enabled: false }', '4:3 The key "door-locked" is there twice in the same mapping.'],
    ['a key that is no text', 'name: x\n? [a]\n: b', '2:3 This is no YAML: '],
    ['a tag', 'name: !secret x', '1:7 The tag (a word after !) means nothing here.'],
    ['an alias without an anchor', 'name: x\nprofile: *p', '2:10 The alias (*name) stands for nothing'],
    ['an alias bomb', bomb, '3:8 Aliases (*name) stand for far more than the file holds.'],
    ['lists in lists without end', nested, '1:1 The file is nested too deeply.'],
    ['mappings in mappings without end', '{a: '.repeat(100_000), '1:1 The file is nested too deeply.'],
    ['YAML 1.1, where on is true', '%YAML 1.1\n---\nname: x', '1:1 The file asks for another version of YAML'],
    ['another encoding', 'name: caf\uFFFD', '1:1 The file is no UTF-8 text.'],
    ['binary content', 'name: x\0', '1:1 The file is no UTF-8 text.'],
    ['more than a megabyte', `name: x\n#${'x'.repeat(mostBytes)}`, '1:1 The file has more than 1048576 bytes.'],
    ['more than a megabyte in characters of several bytes', `name: x\n#${'ü'.repeat(mostBytes / 2)}`, '1:1 The file has more than 1048576 bytes.'],
  ])('%s has one problem, and says what to do', (_, text, begins) => {
    const [first, ...rest] = problemsOf(text);
    expect(first?.startsWith(begins), `the problem is: ${first}`).toBe(true);
    expect(first).toMatch(/[.:] [A-Z][^.]*.*\.$/);
    expect(rest).toEqual([]);
  });

  test('a megabyte to the byte is read', () => {
    expect(problemsOf(`name: x\n#${'x'.repeat(mostBytes - 9)}`)).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['an unknown control with a near name', 'name: x\ncontrols:\n  door-lock: {}', '3:3 There is no control "door-lock". Did you mean door-locked?'],
    ['an unknown control in another case', 'name: x\ncontrols:\n  Door-Locked: {}', '3:3 There is no control "Door-Locked". Did you mean door-locked?'],
    ['an unknown control like no other', 'name: x\ncontrols: { roof: {} }', '2:13 There is no control "roof". Write one of door-locked, guard-awake, moat-filled, perimeter-associated, windows-few.'],
    ['a name that every object has', 'name: x\ncontrols: { constructor: {} }', '2:13 There is no control "constructor". Write one of'],
    ['__proto__', 'name: x\n__proto__: { profile: strict }', '2:1 There is no field "__proto__" in the file.'],
    ['an unknown field', 'name: x\nexemption: []', '2:1 There is no field "exemption" in the file. Did you mean exemptions?'],
    ['an unknown field of a control', 'name: x\ncontrols: { door-locked: { enable: true } }', '2:28 There is no field "enable" in control door-locked. Did you mean enabled?'],
    ['an unknown field of an exemption', exempting({ expires: '2026-12-31' }), '3:208 There is no field "expires" in exemption "legacy". Did you mean expiresOn?'],
    ['an unknown field of a scope', exempting({ scope: { tag: { name: 'a', valeu: 'b' } } }), 'There is no field "valeu" in scope.tag of exemption "legacy". Did you mean value?'],
    ['an unknown parameter', 'name: x\ncontrols: { windows-few: { parameters: { moist: 1 } } }', '2:42 There is no parameter "moist" of control windows-few. Did you mean most?'],
    ['a parameter of a control without any', 'name: x\ncontrols: { door-locked: { parameters: { most: 1 } } }', '2:42 There is no parameter "most" of control door-locked, which has none. Remove it.'],
    ['an unknown profile', 'name: x\nprofile: strickt', '2:10 profile is "strickt". Did you mean strict?'],
    ['an unknown severity', 'name: x\ncontrols: { door-locked: { severity: severe } }', '2:38 severity of control door-locked is "severe". Write one of critical, high, medium, low, info.'],
    ['an unknown control of an exemption', exempting({ controls: ['door-locked', 'windows-fw'] }), 'controls[2] of exemption "legacy" is "windows-fw". Did you mean windows-few?'],
    ['a manual control of an exemption', exempting({ controls: ['guard-awake'] }), 'controls[1] of exemption "legacy" is "guard-awake". It is a manual control: attest it'],
    ['an automated control of an attestation', attesting({ control: 'door-locked' }), 'control of attestation "door-locked" is "door-locked". It is judged by what Azure says'],
    ['an unknown control of an attestation', attesting({ control: 'guard-awoke' }), 'control of attestation "guard-awoke" is "guard-awoke". Did you mean guard-awake?'],
    ['an unknown category', exempting({ category: 'waiver' }), 'category of exemption "legacy" is "waiver". Write one of mitigated, accepted-risk, false-positive.'],
  ])('%s', (_, text, says) => {
    const [first, ...rest] = problemsOf(text);
    expect(first).toContain(says);
    expect(rest).toEqual([]);
  });
});

describe('values', () => {
  const subscription = '/subscriptions/11111111-1111-1111-1111-111111111111';

  test.each([
    ['no name', 'profile: strict', '1:1 name is missing. A name for this baseline'],
    ['an empty name', 'name: "  "', '1:7 name is empty.'],
    ['a name of two lines', 'name: "a\\nb"', '1:7 name is "a\\nb", which has line breaks or control characters.'],
    ['a name that would rewrite the terminal', 'name: "\\e[2J"', 'name is "\\u001b[2J", which has line breaks or control characters.'],
    ['a long name', `name: ${'x'.repeat(61)}`, 'which is longer than 60.'],
    ['a number for a name', 'name: 7', '1:7 name is 7, not text.'],
    ['a list that is left empty', 'name: x\nexemptions:\n', '2:1 exemptions is empty.'],
    ['a text for a list', 'name: x\nrequiredTags: owner', '2:15 requiredTags is "owner", not a list.'],
    ['a control without settings', 'name: x\ncontrols:\n  door-locked:\n', '3:3 control door-locked is empty.'],
    ['a text for true', 'name: x\ncontrols: { door-locked: { enabled: yes } }', '2:37 enabled of control door-locked is "yes", not true or false.'],
    ['a text for a number', 'name: x\ncontrols: { windows-few: { parameters: { most: many } } }', '2:48 parameter most of control windows-few is "many", not a number. Most windows.'],
    ['a fraction for a whole number', 'name: x\ncontrols: { windows-few: { parameters: { most: 1.5 } } }', '2:48 parameter most of control windows-few is 1.5, not a whole number. Most windows.'],
    ['too small a number', 'name: x\ncontrols: { windows-few: { parameters: { most: 0 } } }', '2:48 parameter most of control windows-few is 0, which must be more than 0. Most windows.'],
    ['too large a number', 'name: x\ncontrols: { windows-few: { parameters: { most: 101 } } }', '2:48 parameter most of control windows-few is 101, which must be at most 100. Most windows.'],
    ['an empty list for a parameter', 'name: x\ncontrols: { windows-few: { parameters: { names: [] } } }', '2:49 parameter names of control windows-few is empty. Names of windows.'],
    ['a wrong element of a parameter', 'name: x\ncontrols: { windows-few: { parameters: { names: [a, 3] } } }', '2:53 parameter names[2] of control windows-few is 3, not text.'],
    ['a wrong choice of a parameter', 'name: x\ncontrols: { windows-few: { parameters: { kind: stel } } }', '2:48 parameter kind of control windows-few is "stel". Did you mean steel?'],
    ['parameters that do not go together', 'name: x\ncontrols: { windows-few: { parameters: { most: 2, least: 3 } } }', '2:28 parameters of control windows-few do not go together: most is less than least.'],
    ['a parameter that does not go with a default', 'name: x\ncontrols: { windows-few: { parameters: { least: 9 } } }', '2:28 parameters of control windows-few do not go together: most is less than least.'],
    ['a list of parameters', 'name: x\ncontrols: { windows-few: { parameters: [] } }', '2:40 parameters of control windows-few is a list of 0, not a mapping of names to values.'],
    ['a range that is none', 'name: x\napprovedRanges: [10.0.0.0/8, 10.0.0.0/33]', '2:30 approvedRanges[2] is "10.0.0.0/33", which is no IP address or CIDR range. An IPv4'],
    ['a subscription that is no GUID', 'name: x\ntrustedSubscriptions: [production]', '2:24 trustedSubscriptions[1] is "production", which is not a GUID.'],
    ['a principal that is no GUID', 'name: x\ndataPlaneOwners: [jane@contoso.com]', '2:19 dataPlaneOwners[1] is "jane@contoso.com", which is not a GUID.'],
    ['an address for a domain', 'name: x\napprovedOutboundDomains: [https://contoso.com]', '2:27 approvedOutboundDomains[1] is "https://contoso.com", which is no domain name.'],
    ['any domain', 'name: x\napprovedOutboundDomains: ["*"]', 'is "*", which is no domain name.'],
    ['a workspace by its name', 'name: x\nallowedWorkspaces: [security]', '2:21 allowedWorkspaces[1] is "security", which is not the id of a Log Analytics workspace.'],
    ['a region that is none', 'name: x\nallowedRegions: ["west-europe"]', '2:18 allowedRegions[1] is "west-europe", which is no name of a region.'],
    ['an impossible day', exempting({ expiresOn: '2026-02-30' }), 'expiresOn of exemption "legacy" is "2026-02-30", which is no day that exists. The last day'],
    ['29 February of a common year', exempting({ expiresOn: '2027-02-29' }), 'is "2027-02-29", which is no day that exists.'],
    ['a moment for a day', exempting({ expiresOn: '2026-12-31T00:00:00Z' }), 'is "2026-12-31T00:00:00Z", which is no day that exists.'],
    ['a day that a person wrote', exempting({ expiresOn: '31.12.2026' }), 'which is no day that exists.'],
    ['a number for a day', exempting({ expiresOn: 20261231 }), 'expiresOn of exemption "legacy" is 20261231, not text.'],
    ['an exemption without an end', exempting({ expiresOn: undefined }), '3:1 expiresOn of exemption "legacy" is missing. The last day on which it holds'],
    ['an exemption without an owner', exempting({ owner: undefined }), '3:1 owner of exemption "legacy" is missing. Who answers for it'],
    ['an exemption with a blank owner', exempting({ owner: ' ' }), 'owner of exemption "legacy" is empty. Who answers for it'],
    ['an exemption without a reason', exempting({ reason: '' }), 'reason of exemption "legacy" is empty. Why it is acceptable'],
    ['an exemption without an id', exempting({ id: undefined }), '3:1 id of exemption 1 is missing.'],
    ['an id with a space', exempting({ id: 'a b' }), 'id of exemption "a b" is "a b", which has characters other than'],
    ['an exemption from nothing', exempting({ controls: [] }), 'controls of exemption "legacy" is empty.'],
    ['an exemption without a scope', exempting({ scope: undefined }), '3:1 scope of exemption "legacy" is missing. Give resourceId'],
    ['an exemption of everything', exempting({ scope: {} }), 'scope of exemption "legacy" names nothing. Give it a resourceId or a tag'],
    ['a scope that is no resource id', exempting({ scope: { resourceId: 'orders' } }), 'scope.resourceId of exemption "legacy" is "orders", which is not an id of'],
    ['a scope of all subscriptions', exempting({ scope: { resourceId: '/subscriptions' } }), 'is "/subscriptions", which is not an id of'],
    ['a scope with an empty segment', exempting({ scope: { resourceId: `${subscription}//x` } }), 'which is not an id of'],
    ['a tag without a name', exempting({ scope: { tag: { value: 'x' } } }), 'scope.tag.name of exemption "legacy" is missing.'],
    ['an exemption that is a text', '{ "name": "x", "exemptions": ["legacy"] }', '1:31 exemption 1 is "legacy", not a mapping of names to values.'],
    ['an attestation without evidence', attesting({ evidence: undefined }), '3:1 evidence of attestation "guard-awake" is missing. Where the proof is'],
    ['an attestation by nobody', attesting({ by: undefined }), '3:1 by of attestation "guard-awake" is missing. Who looked'],
    ['an attestation that ends before it begins', attesting({ until: '2026-11-19' }), 'The attestation ends on "2026-11-19", before it begins on "2026-11-20".'],
  ])('%s', (_, text, says) => {
    const [first, ...rest] = problemsOf(text);
    expect(first).toContain(says);
    expect(rest).toEqual([]);
  });
});

test.each([
  ['standard', []],
  ['strict', ['3:39 parameters of control firewall-ranges-narrow do not go together: one is more than all. Correct one of them.']],
])('parameters have to go together with those of the profile: %s', (profile, expected) => {
  const ranges = made('firewall-ranges-narrow', {
    parameters: z.object({ addressesPerRange: z.int().default(256), addressesInTotal: z.int().default(2048) }).refine(({ addressesPerRange, addressesInTotal }) => addressesPerRange <= addressesInTotal, 'one is more than all'),
  });
  const text = `name: x\nprofile: ${profile}\ncontrols: { firewall-ranges-narrow: { parameters: { addressesPerRange: 300 } } }`;
  const problems = parseBaseline(text, [ranges]).problems ?? [];
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(expected);
});

describe('several problems', () => {
  test('are all told, each once, in the order of lines', () => {
    const text = `name: x
controls:
  door-lock: {}
  windows-few:
    parameters: { most: many, moist: 1 }
exemptions:
  - id: a
    controls: [door-locked]
    scope: {}
    category: mitigated
    reason: r
    expiresOn: 2026-02-30
  - id: A
    controls: [door-locked]
    scope: { tag: { name: t } }
    category: mitigated
    reason: r
    owner: o
    expiresOn: 2026-12-31
attestations:
  - { control: guard-awake, by: j, on: 2026-12-01, until: 2026-11-01 }
`;
    expect(problemsOf(text).map(problem => problem.replace(/ .*/, ''))).toEqual(['3:3', '5:25', '5:31', '7:5', '9:5', '12:16', '13:9', '21:5', '21:59']);
    expect(problemsOf(text)[6]).toBe('13:9 Another exemption has the id "A" already. Give this one a name of its own.');
  });

  test('are told in good time, however many: nothing takes the square of the keys', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: x\n`).join('');
    expect(problemsOf(`name: x\n${keys}`)).toHaveLength(20_000);
  });

  test('say in three parts what is wrong, with what, and what to write', () => {
    for (const problem of problemsOf('profile: x\ncontrols: { a: 1 }\nexemptions: [{}]\nattestations: [{}]\nfoo: 1')) expect(problem).toMatch(/^\d+:\d+ \S.*[.] \S.*[.?]$/);
  });
});
