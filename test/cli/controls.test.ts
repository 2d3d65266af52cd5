import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { controlsListCommand, controlsShowCommand, findControl } from '../../src/cli/controls-command.ts';
import { renderControl, renderControlList } from '../../src/cli/controls-text.ts';
import { allControls } from '../../src/controls/index.ts';
import { doorLocked, guardAwake } from '../support/catalogue.ts';

const plain = { width: 90, color: false };

function captured() {
  const written: string[] = [];
  const output = { ...plain, write: async (text: string) => void written.push(text), close: () => Promise.resolve() };
  return { output, text: () => written.join('') };
}

describe('controls list', () => {
  test('groups by what controls look at', () => {
    expect(renderControlList([guardAwake, doorLocked], plain)).toBe(`Accounts (1)
  door-locked  high  The door is locked.

The tenant (1)
  guard-awake  medium  The guard is awake.

cosmos-compliance controls show ID prints why, what it answers and how to fix it.
`);
  });

  test('names every control', async () => {
    const { output, text } = captured();
    await controlsListCommand(output);
    for (const { id } of allControls) expect(text()).toContain(id);
  });

  test('fits the terminal as far as ids allow', () => {
    const lines = renderControlList(allControls, { width: 120, color: false }).split('\n');
    expect(lines.filter(line => line.length > 120)).toEqual([]);
  });
});

describe('controls show', () => {
  test('says everything', () => {
    expect(renderControl(doorLocked, plain)).toBe(`door-locked
high, off by default, looks at an account

Passes when
  The door is locked.

Why
  An open door lets in *anybody*, a<b>ll of them | really.

Not applicable when
  the house has no door.

Parameters
  turns  How often the key is turned. (whole number; default 2)

Fix
  Turn the <key>, as in \`lock <door_id>\`.

Azure CLI
  az door lock --ids <door-id>

Bicep
  properties: {
    locked: true
  }

Requirements
  ASB NS-1, SEC network-security

Elsewhere
  Azure Policy                           Doors should be locked
                                         (00000000-0000-0000-0000-000000000001)
  Microsoft cloud security benchmark v1  NS-1, NS-2
  CIS House Benchmark 1.0                4.2
  NIST SP 800-53 r5                      PE-3

References
  https://example.org/doors
`);
  });

  test('wraps the text of a procedure and leaves its queries as they are', () => {
    expect(renderControl(guardAwake, plain)).toContain('Procedure\n  1.  Ask the log who slept:\n        Guards\n        | where state_s == "asleep"\n  2.  Record what you saw.\n');
  });

  test('colours change nothing but the colour', () => {
    const coloured = renderControl(doorLocked, { ...plain, color: true });
    expect(coloured).not.toBe(renderControl(doorLocked, plain));
    expect(stripVTControlCharacters(coloured)).toBe(renderControl(doorLocked, plain));
  });

  test('finds a control whatever the case', async () => {
    const { output, text } = captured();
    await controlsShowCommand('Exposure-Not-Public', output);
    expect(text()).toMatch(/^exposure-not-public\ncritical, looks at an account\n/);
  });

  test('offers the nearest name', () => {
    expect(() => findControl('exposure-not-publik', allControls)).toThrow('There is no control "exposure-not-publik". Did you mean exposure-not-public?');
  });
});
