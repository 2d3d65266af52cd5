import { derive, known, unknown, type Fact } from '../core/fact.ts';
import type { AccessRule, Association, PerimeterAssociation, PerimeterConfiguration, PerimeterHealth, Profile, Side } from '../core/perimeter.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { modeInWords } from './truth-table.ts';

/** What was read of a perimeter, as far as its associations go. */
export interface PerimeterReading {
  readonly id: string;
  readonly profiles: Fact<readonly Profile[]>;
  readonly associations: Fact<readonly PerimeterAssociation[]>;
}

/**
 * Joins the account's own configurations with what perimeters say. Not known where the account's own side is not:
 * only it proves that there is no association.
 */
export function associationsOf(
  accountId: string,
  configurations: Fact<readonly PerimeterConfiguration[]>,
  perimeters: readonly PerimeterReading[],
): Fact<readonly Association[]> {
  return derive(configurations, all => {
    const own = all.map(({ perimeterId, associationName, side }): Association => ({
      perimeterId,
      name: associationName,
      account: known(side, configurations.sources),
      perimeter: sideOfPerimeter(accountId, perimeterId, associationName, perimeters),
    }));
    const missing = perimeters.flatMap(perimeter => {
      const theirs = listedBy(perimeter, accountId);
      const configured = all.filter(({ perimeterId }) => sameId(perimeterId, perimeter.id));
      const matched = new Set(configured.map(({ associationName }) => counterpart(associationName, theirs)));
      return theirs.filter(association => !matched.has(association)).map(({ name }): Association => ({
        perimeterId: perimeter.id,
        name,
        account: known(null, configurations.sources),
        perimeter: sideOfPerimeter(accountId, perimeter.id, name, perimeters),
      }));
    });
    return [...own, ...missing];
  });
}

/** The associations that readable perimeters hold for the account; its own side is left open. */
export function namedAssociations(accountId: string, perimeters: readonly PerimeterReading[]): Association[] {
  return perimeters.flatMap(perimeter =>
    listedBy(perimeter, accountId).map(({ name }): Association => ({
      perimeterId: perimeter.id,
      name,
      account: unknown('missing', `The account's own configuration of perimeter ${nameOf(perimeter.id)} was not read.`),
      perimeter: sideOfPerimeter(accountId, perimeter.id, name, perimeters),
    })),
  );
}

function listedBy({ associations }: PerimeterReading, accountId: string): readonly PerimeterAssociation[] {
  const id = accountId.toLowerCase();
  return associations.known ? associations.value.filter(({ resourceId }) => resourceId.length === id.length && resourceId.toLowerCase() === id) : [];
}

/** The perimeter's association that a configuration is about: the one of that name, or the only one there is. */
function counterpart(name: string, associations: readonly PerimeterAssociation[]): PerimeterAssociation | undefined {
  return associations.find(association => sameId(association.name, name)) ?? (associations.length === 1 ? associations[0] : undefined);
}

function sideOfPerimeter(accountId: string, perimeterId: string, name: string, perimeters: readonly PerimeterReading[]): Fact<Side | null> {
  const reading = perimeters.find(({ id }) => sameId(id, perimeterId));
  if (!reading) return unknown('missing', `Perimeter ${nameOf(perimeterId)} was not read.`);
  const { associations, profiles } = reading;
  if (!associations.known) return associations;
  const association = counterpart(name, listedBy(reading, accountId));
  if (!association) return known(null, associations.sources);
  if (!profiles.known) return profiles;
  const sources = [...associations.sources, ...profiles.sources];
  const profile = profiles.value.find(({ name }) => sameId(name, association.profile));
  if (!profile) {
    const whose = `Association ${association.name} of perimeter ${nameOf(perimeterId)}`;
    return unknown('contradictory', `${whose} names profile ${association.profile}, which the perimeter does not have.`, sources);
  }
  return known(
    {
      accessMode: association.accessMode,
      profile: profile.name,
      accessRulesVersion: profile.accessRulesVersion,
      rules: profile.rules,
      provisioningState: association.provisioningState,
      issues: association.hasProvisioningIssues ? ['the perimeter reports provisioning issues'] : [],
    },
    sources,
  );
}

/** Whether the associations are in force on both sides; not known where a side is missing and the other shows no problem. */
export function perimeterHealthOf(associations: Fact<readonly Association[]>): Fact<PerimeterHealth> {
  if (!associations.known) return associations;
  const problems = associations.value.flatMap(problemsOf);
  const unread = associations.value.flatMap(({ account, perimeter }) => [account, perimeter]).find(side => !side.known);
  if (problems.length === 0 && unread && !unread.known) return unread;
  return known({ associations: associations.value.length, problems }, associations.sources);
}

function problemsOf({ perimeterId, account, perimeter }: Association): string[] {
  const name = nameOf(perimeterId);
  const own = account.known ? account.value : undefined;
  const theirs = perimeter.known ? perimeter.value : undefined;
  const problems: string[] = [];
  if (own === null) problems.push(`Perimeter ${name} lists the account, but the account has no configuration of it.`);
  if (theirs === null) problems.push(`The account has a configuration of perimeter ${name}, which does not list the account.`);
  if (own) problems.push(...ofSide(own, `The account's side of perimeter ${name}`));
  if (theirs) problems.push(...ofSide(theirs, `The perimeter's side of ${name}`));
  if (own && theirs) problems.push(...differences(own, theirs, name));
  return problems;
}

function ofSide({ provisioningState, issues }: Side, whose: string): string[] {
  const state = provisioningState === 'Succeeded' ? [] : [`${whose} has provisioning state ${provisioningState}.`];
  return [...state, ...issues.map(issue => `${whose}: ${issue.replace(/\.$/, '')}.`)];
}

function differences(own: Side, theirs: Side, name: string): string[] {
  const differing: string[] = [];
  const compare = (what: string, a: string | null, b: string | null): void => {
    if (a !== null && b !== null && a.toLowerCase() !== b.toLowerCase()) differing.push(`${what}: account ${a}, perimeter ${b}`);
  };
  compare('access mode', modeInWords(own.accessMode), modeInWords(theirs.accessMode));
  compare('profile', own.profile, theirs.profile);
  compare('access rules version', own.accessRulesVersion, theirs.accessRulesVersion);
  if (differing.length === 0 && fingerprint(own.rules) !== fingerprint(theirs.rules)) {
    differing.push(own.accessRulesVersion === theirs.accessRulesVersion ? 'access rules, although the versions are equal' : 'access rules');
  }
  return differing.map(what => `Account and perimeter ${name} differ in ${what}.`);
}

/** Rules as text that does not depend on order or case. Only what both APIs carry: the account's has no service tags. */
function fingerprint(rules: readonly AccessRule[]): string {
  const lines = rules.map(({ direction, addressPrefixes, subscriptions, fullyQualifiedDomainNames }) =>
    [direction, ...[addressPrefixes, subscriptions, fullyQualifiedDomainNames].map(values => values.map(value => value.toLowerCase()).toSorted().join(' '))].join('|'),
  );
  return lines.toSorted().join('\n');
}
