import type { AzureTypes } from './azure-types.ts';
import { contextOf, type Project } from './context.ts';
import { checkHouseRules } from './house-rules.ts';
import { infer } from './infer.ts';
import { checkNames } from './names.ts';
import { parse } from './parse.ts';
import { checkStart } from './start.ts';
import { checkDeclarations } from './structure.ts';
import type { Diagnostic } from './syntax.ts';

/** What a check found, and what it could not judge. */
export interface Checked {
  /** Sorted by file and place, each once. */
  readonly diagnostics: readonly Diagnostic[];
  /** Resource types whose types are not there: their bodies were not judged. */
  readonly withoutTypes: readonly string[];
}

/** What is checked: texts of Bicep files by path, and how other files beside them are read. */
export interface Sources {
  readonly bicep: Readonly<Record<string, string>>;
  readonly read: (path: string) => string | null;
}

/**
 * Judges Bicep files as far as it goes without the compiler: syntax, names, types of values, bodies of resources,
 * modules, scopes, what has to be known at the start, and the rules of this project. It is no compiler: what it lets
 * through may still be refused.
 */
export function checkBicep({ bicep, read }: Sources, azure: AzureTypes | null): Checked {
  const files = new Map(Object.entries(bicep).map(([path, text]) => [path, parse(path, text)]));
  const project: Project = { files, read, azure };
  const found: Diagnostic[] = [];
  const skipped = new Set<string>();
  for (const file of files.values()) {
    found.push(...file.faults);
    // What a broken file declares is not known, so the rest would be guesses.
    if (file.faults.length > 0) continue;
    const context = contextOf(project, file, found, infer);
    checkNames(context);
    checkStart(context);
    checkDeclarations(context, skipped);
    checkHouseRules(context);
  }
  const unique = new Map(found.map(diagnostic => [JSON.stringify(diagnostic), diagnostic]));
  return {
    diagnostics: [...unique.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column || a.code.localeCompare(b.code)),
    withoutTypes: [...skipped].toSorted(),
  };
}
