import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { profileNames } from '../../src/baseline/profiles.ts';
import { baselineInitCommand, baselineShowCommand, baselineValidateCommand } from '../../src/cli/baseline-command.ts';
import { baselineIn, readBaselineText } from '../../src/cli/baseline-file.ts';
import { allControls } from '../../src/controls/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { temporaryFolder } from '../support/folder.ts';

function captured() {
  const written: string[] = [];
  return { output: { width: 80, color: false, write: async (text: string) => void written.push(text), close: () => Promise.resolve() }, text: () => written.join('') };
}

function fileWith(content: string | Buffer): string {
  const file = join(temporaryFolder(), 'baseline.yaml');
  writeFileSync(file, content);
  return file;
}

const good = 'name: contoso\nprofile: perimeter\ncontrols: { firewall-ranges-narrow: { parameters: { addressesPerRange: 8 } } }\n';

describe('baseline init', () => {
  test.each(profileNames)('writes a file of profile %s that validates', async profile => {
    const file = join(temporaryFolder(), 'new.yaml');
    const { output, text } = captured();
    await baselineInitCommand(file, { profile }, output);
    expect(text()).toContain(`Wrote ${file}.`);
    expect(readFileSync(file, 'utf8')).toContain(`\nprofile: ${profile}\n`);
    expect(await baselineValidateCommand(file, captured().output)).toBe(0);
  });

  test('overwrites nothing', async () => {
    const file = fileWith(good);
    await expect(baselineInitCommand(file, { profile: 'standard' }, captured().output)).rejects.toThrow(`${file} is there already. Name another file, or remove it first.`);
    expect(readFileSync(file, 'utf8')).toBe(good);
  });

  test('says where it cannot write', async () => {
    const file = join(temporaryFolder(), 'no', 'such', 'folder.yaml');
    await expect(baselineInitCommand(file, { profile: 'standard' }, captured().output)).rejects.toThrow(/Cannot write .* Name a file in a folder that exists/);
    expect(existsSync(file)).toBe(false);
  });
});

describe('baseline validate', () => {
  test('says what a good file is', async () => {
    const file = fileWith(good);
    const { output, text } = captured();
    expect(await baselineValidateCommand(file, output)).toBe(0);
    expect(text()).toMatch(/baseline\.yaml is valid: baseline contoso [0-9a-f]{8}, profile perimeter, \d+ of \d+ controls on, 0 exemptions, 0 attestations\.\n$/);
  });

  test('prints every problem with its place, and ends with 2', async () => {
    const file = fileWith('name: x\nprofile: lax\nfoo: 1\n');
    const { output, text } = captured();
    expect(await baselineValidateCommand(file, output)).toBe(2);
    expect(text().split('\n').map(line => line.replace(file, 'FILE').slice(0, 41))).toEqual(['FILE:2:10: profile is "lax". Write one of', 'FILE:3:1: There is no field "foo" in the ', '2 problems.', '']);
  });

  test('counts one as one', async () => {
    const { output, text } = captured();
    expect(await baselineValidateCommand(fileWith(''), output)).toBe(2);
    expect(text()).toContain(':1:1: The file is empty.');
    expect(text()).toMatch(/\n1 problem\.\n$/);
  });

  test.each([
    ['of more than a megabyte', Buffer.alloc(3_000_000, 'x'), 'The file has more than 1048576 bytes.'],
    ['in another encoding', Buffer.from('name: caf\u00E9', 'latin1'), 'The file is no UTF-8 text.'],
    ['in UTF-16', Buffer.from('\uFEFFname: x', 'utf16le'), 'The file is no UTF-8 text.'],
  ])('refuses a file %s', async (_, content, says) => {
    const { output, text } = captured();
    expect(await baselineValidateCommand(fileWith(content), output)).toBe(2);
    expect(text()).toContain(says);
  });

  test.each([['is not there', (folder: string) => join(folder, 'nothing.yaml')], ['is a folder', (folder: string) => folder]])('says where the file %s', async (_, name) => {
    await expect(baselineValidateCommand(name(temporaryFolder()), captured().output)).rejects.toThrow(/Cannot read the baseline .* or write one with: cosmos-compliance baseline init\./);
  });

  test('reads no more of an endless file than it needs', async () => {
    expect(Buffer.byteLength(await readBaselineText('/dev/zero'))).toBe(1_048_577);
  });
});

describe('baseline show', () => {
  test('prints everything, as a file that means the same', async () => {
    const file = fileWith(good);
    const { output, text } = captured();
    await baselineShowCommand(file, {}, output);
    expect(Object.keys((parse(text()) as { controls: object }).controls)).toEqual(allControls.map(({ id }) => id));
    expect((await baselineIn(fileWith(text()))).label).toBe((await baselineIn(file)).label);
    expect(text()).toContain(`# Everything that baseline ${(await baselineIn(file)).label} says`);
  });

  test('prints the standard profile where no file is named', async () => {
    const { output, text } = captured();
    await baselineShowCommand(undefined, {}, output);
    expect((await baselineIn(fileWith(text()))).label).toBe(standardBaseline.label);
  });

  test('prints what differs from the profile', async () => {
    const { output, text } = captured();
    await baselineShowCommand(fileWith(good), { diff: true }, output);
    expect(text().split('\n').slice(1).join('\n')).toBe('name: contoso\nprofile: perimeter\ncontrols:\n  firewall-ranges-narrow:\n    parameters:\n      addressesPerRange: 8\n');
  });

  test('names every problem of a wrong file', async () => {
    const file = fileWith('name: x\nprofile: lax\nfoo: 1\n');
    await expect(baselineShowCommand(file, {}, captured().output)).rejects.toThrow(new RegExp(`baseline.yaml:2:10: .*\n.*baseline.yaml:3:1: .*\n2 problems in .*Correct the file, and run the command again\\.$`));
  });
});
