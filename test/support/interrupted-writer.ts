// Changes one name of a folder store, and is killed or stopped before a step of it. Steps are the calls of
// node:fs/promises, counted from 1; a write is two, of which the second is half of it. A step may also be the name of a
// call, which is its first. One that is stopped prints which call it was about to make.
// usage: interrupted-writer.ts FOLDER NAME CONTENT CONDITION kill|stop STEP
import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', name = '', content = '', condition = '', how = '', step = ''] = process.argv.slice(2);
let calls = 0;
let isOver = false;

function interrupted(call: string): boolean {
  calls += 1;
  if (isOver || (String(calls) !== step && call !== step)) return false;
  isOver = true;
  if (how === 'stop') writeSync(1, `${call}\n`);
  return true;
}

function interrupt(): void {
  process.kill(process.pid, how === 'stop' ? 'SIGSTOP' : 'SIGKILL');
}

const { mkdir, readdir, readFile, rename, rm, stat, writeFile } = fs;
const counted = <A extends unknown[], R>(call: string, original: (...args: A) => R) => (...args: A): R => {
  if (interrupted(call)) interrupt();
  return original(...args);
};
const halfWritten: typeof writeFile = async (file, data, options) => {
  if (interrupted('writeFile')) interrupt();
  if (interrupted('half of writeFile')) {
    const whole = Buffer.from(data as string | Uint8Array);
    const half = whole.byteLength / 2;
    await writeFile(file, whole.subarray(0, half), options);
    interrupt();
    return fs.appendFile(file, whole.subarray(half));
  }
  return writeFile(file, data, options);
};
const replaced = { mkdir, readdir, readFile, rename, rm, stat } as Record<string, (...args: unknown[]) => unknown>;
Object.assign(fs, Object.fromEntries(Object.entries(replaced).map(([call, original]) => [call, counted(call, original)])), { writeFile: halfWritten });
syncBuiltinESMExports();

const { folderStore } = await import('../../src/state/folder-store.ts');
const store = folderStore(folder, { patienceMs: 60_000, abandonedMs: 30_000 });
if (condition === 'remove') {
  await store.remove(name);
  process.stdout.write('removed');
} else {
  process.stdout.write(await store.write(name, Buffer.from(content), condition === 'any' || condition === 'absent' ? condition : { tag: condition }));
}
