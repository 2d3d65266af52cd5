import { describe, expect, test } from 'vitest';
import { checkBicep } from '../../src/tools/bicep/check.ts';
import { madeUpTypes } from '../support/bicep-types.ts';

const types = madeUpTypes();

/** Content, and every kind of thing that is checked: each fault below is one change to it. */
const good = `@description('Region.')
param location string
@description('Tags.')
param tags object = {}
@description('Ending of names.')
param suffix string = uniqueString(resourceGroup().id)
@description('How many.')
@minValue(1)
@maxValue(5)
param size int = 2
@description('Whom to let in.')
param guests string[] = []
@description('With parts.')
param hasParts bool = false
@allowed([
  'open'
  'shut'
])
@description('Mode.')
param mode string = 'open'
@secure()
@description('Password of the door.')
param door string = ''

var words = loadJsonContent('words.json')
var names = [for word in words.list: 'part-\${word.name}']

// The thing.
resource thing 'Microsoft.Test/things@2024-01-01' = {
  name: 'thing-\${suffix}'
  location: location
  tags: tags
  properties: {
    enabled: hasParts
    mode: mode
    tier: hasParts ? 'Hot' : null
    items: [for word in words.list: {
      name: word.name
      size: size
    }]
    access: {
      kind: 'locked'
      key: door
    }
    extra: {
      text: loadTextContent('text.txt')
    }
  }
}

// Its parts.
resource parts 'Microsoft.Test/things/parts@2024-01-01' = [for name in names: if (hasParts) {
  parent: thing
  name: name
}]

// Guests may come in.
resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for guest in guests: {
  scope: thing
  name: guid(thing.id, guest, 'role')
  properties: {
    principalId: guest
    principalType: 'User'
    roleDefinitionId: 'role'
  }
}]

// A house around it.
module house 'modules/house.bicep' = if (hasParts) {
  name: 'house'
  params: {
    location: location
    endpoint: thing.properties.endpoint
  }
  dependsOn: [
    roles
  ]
}

@description('Where it is.')
output address string = hasParts ? house!.outputs.address : thing.properties.endpoint
`;

const house = `@description('Region.')
param location string
@description('Whom it calls.')
param endpoint string
@description('Floors.')
@allowed([
  1
  2
])
param floors int = 1
@description('Colour.')
param colour Paint?

type Paint = 'red' | 'white'

var paint = colour ?? 'white'

@description('Address.')
output address string = '\${location}/\${endpoint}/\${floors}/\${paint}'
`;

const town = `targetScope = 'subscription'
@description('Region.')
param location string

// The group.
resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'group'
  location: location
  tags: {}
}

// The house.
module house 'modules/house.bicep' = {
  name: 'house'
  scope: group
  params: {
    location: group.location
    endpoint: 'x'
  }
}
`;

const files: Readonly<Record<string, string>> = { 'words.json': '{ "list": [{ "name": "one" }, { "name": "two" }] }', 'text.txt': 'text' };
const bicep = { 'main.bicep': good, 'modules/house.bicep': house, 'town.bicep': town };

/** Code and line, as it is written, of each fault after a change to one file; two faults on one line are one. */
function faultsAfter(file: keyof typeof bicep, from: string, to: string): string[] {
  const text = bicep[file];
  expect(text.split(from), `${from} is there once`).toHaveLength(2);
  const changed = { ...bicep, [file]: text.replace(from, () => to) };
  const { diagnostics } = checkBicep({ bicep: changed, read: path => files[path] ?? null }, types);
  return [...new Set(diagnostics.map(fault => `${fault.code} ${changed[fault.file as keyof typeof bicep].split('\n')[fault.line - 1]?.trim()}`))];
}

test('files that are in order have no fault', () => {
  expect(checkBicep({ bicep, read: path => files[path] ?? null }, types)).toEqual({ diagnostics: [], withoutTypes: [] });
});

test('without types, what was not judged is named, and the rest is judged', () => {
  const broken = { ...bicep, 'main.bicep': good.replace('mode: mode', 'mode: mood') };
  expect(checkBicep({ bicep: broken, read: path => files[path] ?? null }, null)).toEqual({
    diagnostics: [expect.objectContaining({ code: 'no-unused-params' }), expect.objectContaining({ line: 35, code: 'BCP057' })],
    withoutTypes: ['Microsoft.Authorization/roleAssignments@2022-04-01', 'Microsoft.Resources/resourceGroups@2025-04-01', 'Microsoft.Test/things/parts@2024-01-01', 'Microsoft.Test/things@2024-01-01'],
  });
});

describe('a fault in names', () => {
  test.each([
    ['a name there is not', 'mode: mode', 'mode: mood', ["no-unused-params param mode string = 'open'", 'BCP057 mode: mood']],
    ['a function there is not', 'uniqueString(resourceGroup().id)', 'unique(resourceGroup().id)', ['BCP057 param suffix string = unique(resourceGroup().id)']],
    ['a function with too many arguments', 'uniqueString(resourceGroup().id)', "toLower(resourceGroup().id, 'a')", ["BCP071 param suffix string = toLower(resourceGroup().id, 'a')"]],
    ['a decorator there is not', '@secure()', '@sekure()', ['BCP057 @sekure()']],
    ['a type there is not', 'param size int', 'param size number', ['BCP302 param size number = 2']],
    ['a name twice', "var words =", "var mode = 1\nvar words =", ["BCP036 param mode string = 'open'", 'BCP028 var mode = 1', 'BCP036 mode: mode']],
    ['an output twice', '@description(\'Where it is.\')', "@description('Twice.')\noutput address string = 'a'\n@description('Where it is.')", ['BCP145 output address string = hasParts ? house!.outputs.address : thing.properties.endpoint']],
    ['a parameter that nobody uses', "@description('Tags.')", "@description('Unused.')\nparam unused string\n@description('Tags.')", ['no-unused-params param unused string']],
    ['a variable that nobody uses', 'var words =', 'var unused = 1\nvar words =', ['no-unused-vars var unused = 1']],
    ['an existing resource that nobody uses', '// Its parts.', "// Unused.\nresource old 'Microsoft.Test/things@2024-01-01' existing = {\n  name: 'old'\n}\n// Its parts.", ["no-unused-existing-resources resource old 'Microsoft.Test/things@2024-01-01' existing = {"]],
    ['a circle', 'var words =', 'var egg = hen\nvar hen = egg\nvar words =', ['BCP080 var egg = hen', 'BCP080 var hen = egg']],
    ['two resources of one name', '// Its parts.', "// First.\nresource a 'Microsoft.Test/things/parts@2024-01-01' = {\n  parent: thing\n  name: 'a'\n}\n// Second.\nresource b 'Microsoft.Test/things/parts@2024-01-01' = {\n  parent: thing\n  name: 'a'\n}\n// Its parts.", ["BCP121 name: 'a'"]],
    ['a loop variable outside its loop', "name: 'thing-${suffix}'", "name: 'thing-${suffix}-${guest}'", ["BCP057 name: 'thing-${suffix}-${guest}'"]],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });
});

describe('a fault in values', () => {
  test.each([
    ['a default of another type', 'param size int = 2', "param size int = '2'", ["BCP036 param size int = '2'"]],
    ['a default out of range', 'param size int = 2', 'param size int = 6', ['BCP328 param size int = 6']],
    ['a default that is not allowed', "param mode string = 'open'", "param mode string = 'ajar'", ["BCP036 param mode string = 'ajar'"]],
    ['an element of another type', 'param guests string[] = []', 'param guests string[] = [1]', ['BCP036 param guests string[] = [1]']],
    ['an output of another type', 'output address string =', 'output address int =', ['BCP036 output address int = hasParts ? house!.outputs.address : thing.properties.endpoint']],
    ['a member that is not in a file that is loaded', 'name: word.name\n', 'name: word.text\n', ['BCP053 name: word.text']],
    ['a member in brackets that is not there', "for word in words.list: '", "for word in words['lists']: '", ["BCP053 var names = [for word in words['lists']: 'part-${word.name}']"]],
    ['a member of a text', "'part-${word.name}'", "'part-${word.name.first}'", ["BCP055 var names = [for word in words.list: 'part-${word.name.first}']"]],
    ['a member of a list', 'for word in words.list: {', 'for word in words.list.all: {', ['BCP055 items: [for word in words.list.all: {']],
    ['a member that a resource has not', 'endpoint: thing.properties.endpoint', 'endpoint: thing.properties.entrance', ['BCP053 endpoint: thing.properties.entrance']],
    ['a member of environment() that is not there', 'param tags object = {}', 'param tags object = { a: environment().suffixes.stores }', ['BCP053 param tags object = { a: environment().suffixes.stores }']],
    ['a file that is not there', "loadTextContent('text.txt')", "loadTextContent('texts.txt')", ["BCP091 text: loadTextContent('texts.txt')"]],
    ['a file that is not JSON', "loadJsonContent('words.json')", "loadJsonContent('text.txt')", ["BCP186 var words = loadJsonContent('text.txt')"]],
    ['a path that is not written out', "loadTextContent('text.txt')", 'loadTextContent(mode)', ['BCP032 text: loadTextContent(mode)']],
    ['what may be null, taken as if it were not', '${suffix}', '${suffix}${first(guests)}', []],
    ['what may be null where it has to be', 'principalId: guest\n', 'principalId: first(guests)\n', ['BCP321 principalId: first(guests)']],
    ['an output of a conditional module, taken as if it were there', 'house!.outputs', 'house.outputs', ['BCP318 output address string = hasParts ? house.outputs.address : thing.properties.endpoint']],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });
});

describe('a fault in the body of a resource', () => {
  test.each([
    ['a type without a version', "'Microsoft.Test/things/parts@2024-01-01'", "'Microsoft.Test/things/parts'", ["BCP029 resource parts 'Microsoft.Test/things/parts' = [for name in names: if (hasParts) {"]],
    ['a property there is not', 'mode: mode', "mode: mode\n    moode: 'open'", ["BCP037 moode: 'open'"]],
    ['a property in the wrong case', 'mode: mode', 'Mode: mode', ['BCP037 Mode: mode']],
    ['a required property that is missing', '    enabled: hasParts\n', '', ['BCP035 properties: {']],
    ['a required property that is null', 'enabled: hasParts', 'enabled: null', ['BCP321 enabled: null']],
    ['a property that is read-only', 'enabled: hasParts', "enabled: hasParts\n    endpoint: 'x'", ["BCP073 endpoint: 'x'"]],
    ['a value of another type', 'enabled: hasParts', "enabled: 'true'", ["BCP036 enabled: 'true'"]],
    ['a parameter of another type', 'enabled: hasParts', 'enabled: size', ['BCP036 enabled: size']],
    ['a value that is not in a closed list', 'mode: mode', "mode: 'ajar'", ["no-unused-params param mode string = 'open'", "BCP036 mode: 'ajar'"]],
    ['any text where the list is closed', 'mode: mode', 'mode: suffix', ["no-unused-params param mode string = 'open'", 'BCP036 mode: suffix']],
    ['a value that is not documented in an open list', "'Hot'", "'Hott'", ["enum tier: hasParts ? 'Hott' : null"]],
    ['one branch of a condition', "'Hot' : null", "1 : 'Hot'", ["BCP036 tier: hasParts ? 1 : 'Hot'"]],
    ['a number below the range', 'size: size', 'size: 0', ['no-unused-params param size int = 2', 'BCP328 size: 0']],
    ['a number above the range', 'size: size', 'size: 11', ['no-unused-params param size int = 2', 'BCP328 size: 11']],
    ['an element without what it needs', '      name: word.name\n', '', ['BCP035 items: [for word in words.list: {']],
    ['a list that is none', 'items: [for word in words.list: {\n      name: word.name\n      size: size\n    }]', 'items: size', ['BCP036 items: size']],
    ['a variant without its tag', "      kind: 'locked'\n", '', ['BCP078 access: {']],
    ['a variant there is not', "kind: 'locked'", "kind: 'barred'", ["BCP036 kind: 'barred'"]],
    ['a property of another variant', 'key: door', 'path: door', ['BCP035 access: {', 'BCP037 path: door']],
    ['a text of another type in a free object', "text: loadTextContent('text.txt')", 'text: 1', ['BCP036 text: 1']],
    ['a name that the service refuses', "name: 'thing-${suffix}'", "name: 'Thing'", ['no-unused-params param suffix string = uniqueString(resourceGroup().id)', "BCP335 name: 'Thing'"]],
    ['a name that is too short', "name: 'thing-${suffix}'", "name: 'a'", ['no-unused-params param suffix string = uniqueString(resourceGroup().id)', "BCP332 name: 'a'"]],
    ['a property of a part that is in a list', 'parent: thing\n  name: name', 'parent: thing\n  name: name\n  nam: 1', ['BCP037 nam: 1']],
    ['something in dependsOn that is not deployed', '    roles\n', '    words\n', ['BCP034 words']],
    ['a loop as a default', 'param guests string[] = []', 'param guests string[] = [for size in [1]: string(size)]', ['BCP138 param guests string[] = [for size in [1]: string(size)]']],
    ['a loop in an expression', 'tags: tags', 'tags: union(tags, [for t in guests: t])', ['BCP138 tags: union(tags, [for t in guests: t])']],
    ['a loop in the loop of a property', 'size: size', 'size: size\n      more: [for g in guests: g]', ['BCP037 more: [for g in guests: g]', 'BCP142 more: [for g in guests: g]']],
    ['a loop in the property of a variable', 'var words =', 'var w = {\n  a: [for g in guests: g]\n}\nvar words =', ['no-unused-vars var w = {', 'BCP138 a: [for g in guests: g]']],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });
});

describe('what a file that is loaded holds', () => {
  const items = "items: [for word in words.list: {\n      name: word.name\n      size: size\n    }]";
  test.each([
    ['fits', '{ "list": [{ "name": "one", "size": 1 }] }', []],
    ['leaves out what may be left out, with null', '{ "list": [{ "name": "one", "size": null }] }', []],
    ['leaves out what is needed', '{ "list": [{ "name": "one" }, { "size": 1 }] }', ['BCP035', 'BCP053']],
    ['is null where it has to be something', '{ "list": [{ "name": null, "size": 1 }] }', ['BCP321']],
    ['has another type', '{ "list": [{ "name": "one", "size": "1" }] }', ['BCP036']],
    ['has a number out of range', '{ "list": [{ "name": "one", "size": 11 }] }', []],
    ['has a member there is not', '{ "list": [{ "name": "one", "length": 1 }] }', ['BCP037']],
  ])('%s', (_, json, codes) => {
    const changed = { ...bicep, 'main.bicep': good.replace(items, 'items: words.list').replace('param size int = 2', 'param size int = 2\nvar sized = size').replace('enabled: hasParts', 'enabled: sized == 1') };
    const { diagnostics } = checkBicep({ bicep: changed, read: path => (path === 'words.json' ? json : (files[path] ?? null)) }, types);
    expect(diagnostics.map(({ code }) => code).toSorted()).toEqual(codes);
  });
});

test.each([
  ['a text', 'text.txt', 'x'.repeat(131_072), 'x'.repeat(131_073)],
  ['JSON', 'words.json', '{ "list": [{ "name": "x" }] }'.padEnd(1_048_576), '{ "list": [{ "name": "x" }] }'.padEnd(1_048_577)],
])('%s that is loaded has a most', (_, path, most, more) => {
  const codes = (content: string): string[] => checkBicep({ bicep, read: asked => (asked === path ? content : (files[asked] ?? null)) }, types).diagnostics.map(({ code }) => code);
  expect(codes(most)).toEqual([]);
  expect(codes(more)).toEqual(['BCP184']);
});

describe('a fault in modules and scopes', () => {
  test.each([
    ['a module there is not', "'modules/house.bicep'", "'modules/hous.bicep'", ["BCP091 module house 'modules/hous.bicep' = if (hasParts) {"]],
    ['a parameter that is missing', '    endpoint: thing.properties.endpoint\n', '', ['BCP035 params: {']],
    ['no parameters where some are needed', '  params: {\n    location: location\n    endpoint: thing.properties.endpoint\n  }\n', '', ["BCP035 module house 'modules/house.bicep' = if (hasParts) {"]],
    ['a parameter there is not', 'endpoint: thing.properties.endpoint', 'endpoint: thing.properties.endpoint\n    door: door', ['BCP037 door: door']],
    ['a parameter of another type', 'endpoint: thing.properties.endpoint', 'endpoint: size', ['BCP036 endpoint: size']],
    ['a parameter that is not allowed', 'endpoint: thing.properties.endpoint', 'endpoint: thing.properties.endpoint\n    floors: 3', ['BCP328 floors: 3']],
    ["a parameter of a type of the module's own", 'endpoint: thing.properties.endpoint', "endpoint: thing.properties.endpoint\n    colour: 'blue'", ["BCP036 colour: 'blue'"]],
    ['a scope there is not', "  name: 'house'\n", "  name: 'house'\n  scope: nowhere\n", ['BCP057 scope: nowhere']],
    ['an output there is not', 'house!.outputs.address', 'house!.outputs.adress', ['BCP053 output address string = hasParts ? house!.outputs.adress : thing.properties.endpoint']],
    ['a property that modules have not', "  name: 'house'\n", "  name: 'house'\n  location: location\n", ['BCP037 location: location']],
    ['a module of a registry', "'modules/house.bicep'", "'br/public:avm/res/house:1.0.0'", ["registry-module module house 'br/public:avm/res/house:1.0.0' = if (hasParts) {"]],
    ['a scope that the module is not made for', "  name: 'house'\n", "  name: 'house'\n  scope: subscription()\n", ['BCP134 scope: subscription()']],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });

  test.each([
    ['a module for a resource group without one', '  scope: group\n', '', ["BCP134 module house 'modules/house.bicep' = {"]],
    ['a resource in the wrong scope', "targetScope = 'subscription'", "targetScope = 'resourceGroup'", ["BCP135 resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {"]],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('town.bicep', from, to)).toEqual(expected);
  });

  test('a management group cannot be reached from below', () => {
    const group = "targetScope = 'managementGroup'\n";
    const changed = { 'group.bicep': group, 'main.bicep': "// Group.\nmodule group 'group.bicep' = {\n  name: 'group'\n  scope: managementGroup('all')\n}\n" };
    expect(checkBicep({ bicep: changed, read: () => null }, types).diagnostics).toMatchObject([{ file: 'main.bicep', line: 2, code: 'BCP134' }]);
  });

  test('a module that is broken is told once, in its own file', () => {
    expect(faultsAfter('modules/house.bicep', 'param location string', 'param location =')).toEqual(['syntax param location =']);
  });
});

describe('what has to be known at the start', () => {
  test.each([
    ['the name of a module', "  name: 'house'\n", '  name: thing.properties.endpoint\n', ['BCP120 name: thing.properties.endpoint']],
    ['the name of a resource in a list', 'name: name\n', 'name: thing.properties.endpoint\n', ['BCP120 name: thing.properties.endpoint']],
    ['a scope', "  name: 'house'\n", "  name: 'house'\n  scope: resourceGroup(thing.properties.endpoint)\n", ['BCP120 scope: resourceGroup(thing.properties.endpoint)']],
    ['a condition', "'modules/house.bicep' = if (hasParts)", "'modules/house.bicep' = if (thing.properties.enabled)", ["BCP177 module house 'modules/house.bicep' = if (thing.properties.enabled) {"]],
    ['a loop', 'for guest in guests: {', 'for guest in split(thing.properties.endpoint, \',\'): {', ['no-unused-params param guests string[] = []', "BCP178 resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for guest in split(thing.properties.endpoint, ','): {"]],
    ['a loop of a variable', "for word in words.list: 'part-${word.name}'", "for word in words.list: '${thing.properties.endpoint}-${word.name}'", ["BCP182 var names = [for word in words.list: '${thing.properties.endpoint}-${word.name}']", "BCP178 resource parts 'Microsoft.Test/things/parts@2024-01-01' = [for name in names: if (hasParts) {"]],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });

  test('a name that rests on a variable that rests on a property', () => {
    const text = good.replace('var words =', "var late = thing.properties.endpoint\nvar words =").replace("guid(thing.id, guest, 'role')", 'guid(thing.id, guest, late)');
    expect(checkBicep({ bicep: { ...bicep, 'main.bicep': text }, read: path => files[path] ?? null }, types).diagnostics).toMatchObject([{ line: 61, code: 'BCP120' }]);
  });
});

describe('a rule of this project', () => {
  test.each([
    ['a parameter without a description', "@description('Tags.')\n", '', ['description param tags object = {}']],
    ['an output with an empty description', "@description('Where it is.')", "@description(' ')", ['description output address string = hasParts ? house!.outputs.address : thing.properties.endpoint']],
    ['a resource without a purpose', '// The thing.\n', '', ["purpose resource thing 'Microsoft.Test/things@2024-01-01' = {"]],
    ['a module whose comment stands apart', '// A house around it.\n', '// A house around it.\n\n', ["purpose module house 'modules/house.bicep' = if (hasParts) {"]],
    ['a resource without tags', '  tags: tags\n', '', ['no-unused-params param tags object = {}', "tags resource thing 'Microsoft.Test/things@2024-01-01' = {"]],
    ['a location that is written out', 'location: location\n  tags', "location: 'westeurope'\n  tags", ["no-hardcoded-location location: 'westeurope'"]],
    ['the location of the group outside a parameter', 'location: location\n  tags', 'location: resourceGroup().location\n  tags', ['no-loc-expr-outside-params location: resourceGroup().location']],
    ['a host of one cloud', "'thing-${suffix}'", "'thing-${suffix}.blob.core.windows.net'", ["no-hardcoded-env-urls name: 'thing-${suffix}.blob.core.windows.net'"]],
    ['a clock', 'uniqueString(resourceGroup().id)', 'utcNow()', ['refused-function param suffix string = utcNow()']],
    ['chance', 'uniqueString(resourceGroup().id)', 'newGuid()', ['refused-function param suffix string = newGuid()']],
    ['keys of a resource', 'output address string = hasParts ? house!.outputs.address : thing.properties.endpoint', 'output address string = thing.listKeys().keys[0]', ['refused-function output address string = thing.listKeys().keys[0]']],
    ['an output that shows what is secure', '? house!.outputs.address', '? door', ['outputs-should-not-contain-secrets output address string = hasParts ? door : thing.properties.endpoint']],
    ['an output that sounds like a secret', 'output address', 'output sharedKey', ['outputs-should-not-contain-secrets output sharedKey string = hasParts ? house!.outputs.address : thing.properties.endpoint']],
    ['a secure parameter with a default', "param door string = ''", "param door string = 'sesame'", ["secure-parameter-default param door string = 'sesame'"]],
    ['a secret that is not secure', "@description('Tags.')", "@description('S.')\nparam clientSecret string = ''\n@description('Tags.')", ["no-unused-params param clientSecret string = ''", "secure-secrets-in-params param clientSecret string = ''"]],
    ['a role assignment with another name', "guid(thing.id, guest, 'role')", 'guest', ["role-assignment resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for guest in guests: {"]],
    ['a role assignment without the type of the principal', "    principalType: 'User'\n", '', ["role-assignment resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for guest in guests: {"]],
    ['a text that is only an interpolation', 'key: door', "key: '${door}'", []],
    ['texts that are joined by concat', "'thing-${suffix}'", "concat('thing-', suffix)", ["prefer-interpolation name: concat('thing-', suffix)"]],
    ['quotes that are not needed', '    enabled: hasParts', "    'enabled': hasParts", ["prefer-unquoted-property-names 'enabled': hasParts"]],
    ['a dependsOn that says what is said', '    roles\n', '    thing\n', ['no-unnecessary-dependson thing']],
  ])('%s', (_, from, to, expected) => {
    expect(faultsAfter('main.bicep', from, to)).toEqual(expected);
  });
});
