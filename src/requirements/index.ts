import { azureSecurityBaseline } from './azure-security-baseline.ts';
import { networkSecurityPerimeter } from './network-security-perimeter.ts';
import type { Document, Requirement } from './requirement.ts';
import { securityConsiderations } from './security-considerations.ts';

/** The source documents, sorted by their short names. */
export const documents: readonly Document[] = [azureSecurityBaseline, networkSecurityPerimeter, securityConsiderations];

/** Every requirement, sorted by id; numbers in ids count as numbers. */
export const requirements: readonly Requirement[] = documents.flatMap(document => document.requirements);

const byId = new Map(requirements.map(requirement => [requirement.id, requirement]));

/** Ids of the controls that answer a requirement, whether by itself, by its applicability or through other rows. */
export function controlsAnswering({ answers }: Requirement): string[] {
  const ids = answers.flatMap((answer): readonly string[] => {
    if ('control' in answer) return [answer.control];
    if ('applicabilityOf' in answer) return answer.applicabilityOf;
    if ('requirement' in answer) return controlsAnswering(found(answer.requirement));
    return [];
  });
  return [...new Set(ids)].toSorted();
}

function found(id: string): Requirement {
  const requirement = byId.get(id);
  if (!requirement) throw new Error(`There is no requirement "${id}".`);
  return requirement;
}
