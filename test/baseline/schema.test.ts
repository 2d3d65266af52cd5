import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { baselineJsonSchema, schemaAt } from '../../src/baseline/json-schema.ts';
import { parseBaseline } from '../../src/baseline/parse.ts';
import { profileNames } from '../../src/baseline/profiles.ts';
import { starterFile } from '../../src/baseline/starter.ts';
import { allControls } from '../../src/controls/index.ts';
import { catalogue } from '../support/baselines.ts';
import { anyFile } from './arbitraries.ts';

const validator = (schema: object) => new Ajv({ strict: false, validateFormats: false }).compile(schema);
const takes = validator(baselineJsonSchema(catalogue));

describe('the JSON Schema', () => {
  test('offers every control with its parameters, their meaning and their defaults', () => {
    const schema = baselineJsonSchema(allControls);
    for (const { id, title, severity, parameters } of allControls) {
      const entry = schemaAt(schema, ['controls', id]);
      expect(entry?.description).toBe(title);
      expect(schemaAt(schema, ['controls', id, 'severity'])?.description).toContain(severity);
      for (const name of Object.keys(parameters.shape)) {
        const parameter = schemaAt(schema, ['controls', id, 'parameters', name]);
        expect(parameter?.description, `${id}.${name}`).toBeTruthy();
        expect(parameter, `${id}.${name}`).toHaveProperty('default');
      }
    }
  });

  test('offers manual controls for attestations and the others for exemptions', () => {
    const schema = baselineJsonSchema(catalogue);
    expect(schemaAt(schema, ['exemptions', 0, 'controls', 0])).toMatchObject({ enum: ['door-locked', 'moat-filled', 'perimeter-associated', 'windows-few'] });
    expect(schemaAt(schema, ['attestations', 0, 'control'])).toMatchObject({ enum: ['guard-awake'] });
  });

  test('says of every field what to write', () => {
    for (const [name, field] of Object.entries(baselineJsonSchema(catalogue).properties ?? {})) expect(field.description, `field ${name}`).toMatch(/^[A-Z].*\.$/);
  });

  test('takes every file that is right', () => {
    fc.assert(
      fc.property(anyFile, file => {
        expect({ file, taken: takes(file) }).toEqual({ file, taken: true });
      }),
    );
  });

  const base = { name: 'x' };
  const exemption = { id: 'a', controls: ['door-locked'], scope: { tag: { name: 't' } }, category: 'mitigated', reason: 'r', owner: 'o', expiresOn: '2026-12-31' };

  test.each([
    ['no name', {}],
    ['an unknown field', { ...base, exemption: [] }],
    ['an unknown control', { ...base, controls: { 'door-lock': {} } }],
    ['an unknown parameter', { ...base, controls: { 'windows-few': { parameters: { moist: 1 } } } }],
    ['a parameter of another type', { ...base, controls: { 'windows-few': { parameters: { most: 'many' } } } }],
    ['an unknown profile', { ...base, profile: 'lax' }],
    ['an exemption without an owner', { ...base, exemptions: [{ ...exemption, owner: undefined }] }],
    ['an exemption without an end', { ...base, exemptions: [{ ...exemption, expiresOn: undefined }] }],
    ['a scope that is no resource', { ...base, exemptions: [{ ...exemption, scope: { resourceId: 'orders' } }] }],
    ['an attestation of an automated control', { ...base, attestations: [{ control: 'door-locked', by: 'j', on: '2026-01-01', until: '2026-02-01', evidence: 'e' }] }],
  ])('refuses %s, as validate does', (_, file) => {
    expect(takes(JSON.parse(JSON.stringify(file)))).toBe(false);
    expect(parseBaseline(JSON.stringify(file), catalogue).problems).toBeDefined();
  });
});

describe.each(profileNames)('the starter file of profile %s', profile => {
  const text = starterFile(profile);

  test('is valid and changes nothing', () => {
    const { file, problems } = parseBaseline(text, allControls);
    expect(problems).toBeUndefined();
    expect(file).toMatchObject({ profile, controls: {}, exemptions: [], attestations: [] });
    expect(validator(baselineJsonSchema(allControls))(parse(text))).toBe(true);
  });

  test('is valid with every example taken in', () => {
    const uncommented = text.replaceAll(/^(\w+): (\{\}|\[\])$/gm, '$1:').replaceAll(/^#( {2}(?! *cosmos-compliance ).*)$/gm, '$1');
    const { file, problems } = parseBaseline(uncommented, allControls);
    expect(problems).toBeUndefined();
    for (const [name, value] of Object.entries(file ?? {})) expect(Object.keys(value ?? {}).length, `field ${name}`).toBeGreaterThan(0);
  });

  test('shows every field there is', () => {
    const names = Object.keys(baselineJsonSchema(allControls).properties ?? {}).filter(name => name !== '$schema');
    expect(names.filter(name => !new RegExp(`^${name}:`, 'm').test(text))).toEqual([]);
  });
});
