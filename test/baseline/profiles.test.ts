import { describe, expect, test } from 'vitest';
import { profileBaseline } from '../../src/baseline/effective.ts';
import { profileNames, profiles } from '../../src/baseline/profiles.ts';
import { allControls } from '../../src/controls/index.ts';

describe.each(profileNames)('profile %s', name => {
  const baseline = profileBaseline(name, allControls);

  test('names controls that exist, and parameters that they take', () => {
    const ids = new Map(allControls.map(control => [control.id, control]));
    for (const [id, { parameters = {} }] of Object.entries(profiles[name].controls)) {
      const control = ids.get(id);
      expect(control, `There is no control ${id}.`).toBeDefined();
      expect(Object.keys(parameters).filter(parameter => !(parameter in (control?.parameters.shape ?? {}))), `control ${id}`).toEqual([]);
    }
  });

  test('gives every control parameters that it takes', () => {
    for (const { id, parameters } of allControls) expect(() => parameters.parse(baseline.controls.get(id)?.parameters), `control ${id}`).not.toThrow();
  });

  test('is sorted', () => {
    const named = Object.keys(profiles[name].controls);
    expect(named).toEqual(named.toSorted());
  });
});

test('the standard profile changes nothing: every control is as it says of itself', () => {
  const { controls } = profileBaseline('standard', allControls);
  for (const { id, severity, optIn = false } of allControls) expect(controls.get(id)).toMatchObject({ enabled: !optIn, severity });
});

test('the perimeter profile wants every account in a perimeter', () => {
  expect(profileBaseline('perimeter', allControls).controls.get('perimeter-associated')).toMatchObject({ enabled: true, severity: 'high' });
});

test('the strict profile switches everything on, and is nowhere laxer than the standard one', () => {
  const order = ['critical', 'high', 'medium', 'low', 'info'];
  const [standard, strict] = [profileBaseline('standard', allControls), profileBaseline('strict', allControls)];
  for (const [id, { enabled, severity }] of strict.controls) {
    expect(enabled, `control ${id}`).toBe(true);
    expect(order.indexOf(severity), `control ${id}`).toBeLessThanOrEqual(order.indexOf(standard.controls.get(id)?.severity ?? 'info'));
  }
  for (const [id, { parameters = {} }] of Object.entries(profiles.strict.controls)) {
    for (const [name, value] of Object.entries(parameters)) {
      const before = standard.controls.get(id)?.parameters[name];
      expect(typeof value === 'number' && typeof before === 'number' ? value < before : value !== before, `${id}.${name} is tighter`).toBe(true);
    }
  }
});
