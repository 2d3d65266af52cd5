import { commonSecondLevels, secondLevelsOf } from './data/public-suffixes.ts';

/** Whether the name matches domains of more than one owner: `*`, `*.com`, `*.co.uk`, `api.*`. A name without a wildcard never does. */
export function isWideWildcard(name: string): boolean {
  const labels = normalised(name).split('.');
  if (!labels.some(label => label.includes('*'))) return false;
  return labels.slice(-suffixLength(labels) - 1).some(label => label.includes('*'));
}

/** Whether `name` stays within a domain: `contoso.com` covers itself and all below, `*.contoso.com` all below. */
export function isWithinDomain(name: string, domain: string): boolean {
  const given = normalised(domain);
  const base = given.startsWith('*.') ? given.slice(2) : given;
  return normalised(name) === given || normalised(name).endsWith(`.${base}`);
}

export function normalised(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '');
}

/** How many labels at the end belong to a registry: one, or two as in `co.uk`. */
function suffixLength(labels: readonly string[]): 1 | 2 {
  const top = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const shared = (top.length === 2 && commonSecondLevels.has(second)) || (secondLevelsOf[top] ?? []).includes(second);
  return shared ? 2 : 1;
}
