import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { azureTypesIn, type AzureTypes } from './azure-types.ts';
import { checkBicep, type Checked, type Sources } from './check.ts';

/** Files that are deployed; all others are modules of theirs. */
export const entries: readonly string[] = ['main.bicep', 'resources.bicep', 'management-group.bicep', 'subscription-reader.bicep'];

/** Every Bicep file of a folder, and how files beside them are read. */
export function sourcesIn(folder: string): Sources {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.bicep'));
  const read = (path: string): string | null => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null);
  return { bicep: Object.fromEntries(paths.toSorted().map(path => [path.split(sep).join('/'), read(path) ?? ''])), read };
}

/** Types of Azure: from `BICEP_TYPES`, else from the folder that is given; null where there are none. */
export function findTypes(environment: Readonly<Record<string, string | undefined>>, otherwise: string): AzureTypes | null {
  return azureTypesIn(environment['BICEP_TYPES'] || otherwise);
}

/** Judges the folder infra/ of a repository. */
export function checkInfra(root: string, types: AzureTypes | null): Checked {
  return checkBicep(sourcesIn(join(root, 'infra')), types);
}

/** What was not judged, a line each; empty where everything was. */
export function skippedIn({ withoutTypes }: Checked, types: AzureTypes | null): readonly string[] {
  if (types === null) return ['SKIPPED: bodies of resources against the types of Azure. Set BICEP_TYPES to the folder generated/ of github.com/Azure/bicep-types-az.'];
  return withoutTypes.map(type => `SKIPPED: bodies of ${type}: its types are not in BICEP_TYPES.`);
}
