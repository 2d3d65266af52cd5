import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from './zip.ts';

/** Where orchestrations keep their state. The Bicep parameter `durableBackend` has the same values. */
export const durableBackends = ['azureStorage', 'durableTaskScheduler'] as const;
export type DurableBackend = (typeof durableBackends)[number];

/** What a deployed app can take: more than this means that something came in that does not belong there. */
export const mostBytes = 4_000_000;

/** @throws Error naming the values there are */
export function backendFrom(value: string | undefined): DurableBackend {
  const backend = durableBackends.find(each => each === (value || 'azureStorage'));
  if (backend === undefined) throw new Error(`CCM_DURABLE_BACKEND is "${value}". Set it to one of ${durableBackends.join(', ')}.`);
  return backend;
}

interface HostJson {
  readonly extensions?: { readonly durableTask?: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;
}

/**
 * host.json for a backend. It has to be in the file: the host tells the platform's scale controller what the file says,
 * and a backend that application settings put in its place would not be scaled.
 * @see https://learn.microsoft.com/azure/azure-functions/durable/durable-task-scheduler/quickstart-durable-task-scheduler
 */
export function hostJsonFor(backend: DurableBackend, hostJson: string): string {
  if (backend === 'azureStorage') return hostJson;
  const host = JSON.parse(hostJson) as HostJson;
  const storageProvider = { type: 'azureManaged', connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' };
  return `${JSON.stringify({ ...host, extensions: { ...host.extensions, durableTask: { ...host.extensions?.durableTask, storageProvider } } }, null, 2)}\n`;
}

/** The bundle without the comment that names its map, which is not in the package. */
export function withoutMap(bundle: string): string {
  return bundle.replace(/\n\/\/# sourceMappingURL=[^\n]*\n?$/, '\n');
}

/**
 * Writes what a function app runs from: `<folder>/package/` and the same as `<folder>/app.zip`. The bundle has to be
 * built before.
 * @returns the files by name with their sizes in bytes
 * @throws Error where the package is larger than a package can be
 */
export function packageApp(root: string, folder: string, backend: DurableBackend): Readonly<Record<string, number>> {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string };
  const files: Readonly<Record<string, string>> = {
    'host.json': hostJsonFor(backend, readFileSync(join(root, 'host.json'), 'utf8')),
    'main.cjs': withoutMap(readFileSync(join(root, 'dist/main.cjs'), 'utf8')),
    // Licences of what is bundled.
    'main.cjs.LEGAL.txt': readFileSync(join(root, 'dist/main.cjs.LEGAL.txt'), 'utf8'),
    'package.json': `${JSON.stringify({ name, version, private: true, main: 'main.cjs' }, null, 2)}\n`,
  };
  const target = join(folder, 'package');
  mkdirSync(target, { recursive: true });
  // The settings of a local run stay.
  for (const old of readdirSync(target)) if (old !== 'local.settings.json') rmSync(join(target, old), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(target, file), content);
  const sizes = Object.fromEntries(Object.entries(files).map(([file, content]) => [file, Buffer.byteLength(content)]));
  const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  if (bytes > mostBytes) throw new Error(`The package has ${bytes} bytes, more than ${mostBytes}: ${JSON.stringify(sizes)}`);
  writeFileSync(join(folder, 'app.zip'), zip(Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }))));
  return sizes;
}
