import type { Organisation } from '../core/control.ts';
import type { DiagnosticSetting } from '../core/perimeter.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

export interface Wanted {
  /** What the logs are of, for sentences: `the account's requests`. */
  readonly what: string;
  readonly categories: readonly string[];
  /** Category groups that hold all of them. */
  readonly groups: readonly string[];
}

/** Where logs go, by the union of all diagnostic settings. */
export interface Destinations {
  /** Workspaces that any of the logs reach. */
  readonly workspaces: readonly string[];
  /** Category groups that reach a workspace that counts. */
  readonly groups: readonly string[];
  /** Categories that do not. */
  readonly missing: readonly string[];
  /** What is wrong, as a sentence; null where everything arrives. */
  readonly problem: string | null;
}

/** Whether every category reaches a workspace that counts, by name or by a group; one setting may send what another leaves out. */
export function destinationsOf(settings: readonly DiagnosticSetting[], { what, categories, groups }: Wanted, { allowedWorkspaces }: Organisation): Destinations {
  const workspaces = settings.flatMap(({ workspaceId }) => workspaceId ?? []);
  const counted = settings.filter(({ workspaceId }) => workspaceId !== null && (allowedWorkspaces.length === 0 || includes(allowedWorkspaces, workspaceId)));
  const sentGroups = counted.flatMap(({ categoryGroups }) => categoryGroups);
  const sent = counted.flatMap(setting => setting.categories);
  const whole = groups.some(group => includes(sentGroups, group));
  const missing = whole ? [] : categories.filter(category => !includes(sent, category));
  const found = { workspaces: cut(workspaces), groups: cut(sentGroups), missing: cut(missing) };
  if (missing.length === 0) return { ...found, problem: null };
  if (workspaces.length === 0) return { ...found, problem: `No diagnostic setting sends ${what} to a Log Analytics workspace.` };
  if (counted.length === 0) return { ...found, problem: `${sentence(what)} go to no allowed workspace, only to ${listed(workspaces.map(nameOf))}.` };
  return { ...found, problem: `Log categories do not reach a workspace that counts: ${listed(missing)}.` };
}

function includes(list: readonly string[], value: string): boolean {
  return list.some(other => sameId(other, value));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
