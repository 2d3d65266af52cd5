/** The month the list was drawn up in. */
export const publicSuffixesAsOf = '2026-08';

/**
 * Second-level names under which anybody can register a domain. Short on purpose: the first list holds
 * under practically every country's top-level domain, the second adds what single countries use besides.
 * @see https://publicsuffix.org/list/
 */
export const commonSecondLevels: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'gob', 'gov', 'mil', 'net', 'org']);

export const secondLevelsOf: Readonly<Record<string, readonly string[]>> = {
  at: ['or', 'gv'],
  au: ['asn', 'id'],
  br: ['art', 'blog', 'eco', 'ind', 'tv'],
  fr: ['asso', 'gouv', 'nom', 'prd', 'tm'],
  il: ['k12', 'muni'],
  in: ['firm', 'gen', 'ind', 'nic', 'res'],
  jp: ['ad', 'ed', 'go', 'gr', 'lg', 'ne', 'or'],
  kr: ['go', 'ne', 'or', 'pe', 're'],
  nz: ['geek', 'gen', 'govt', 'iwi', 'kiwi', 'maori', 'school'],
  pl: ['biz', 'info', 'waw'],
  th: ['go', 'in', 'mi', 'or'],
  tr: ['bel', 'biz', 'gen', 'info', 'k12', 'name', 'tv', 'web'],
  tw: ['club', 'game', 'idv'],
  uk: ['ltd', 'me', 'nhs', 'plc', 'police', 'sch'],
  za: ['law', 'nom', 'school', 'web'],
};
