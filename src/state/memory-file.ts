import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Memory, RememberedFinding, RememberedResource } from '../core/memory.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import {
  formatVersion,
  letterOfNone,
  letterOfSeverity,
  letterOfStatus,
  MemoryFormat,
  places,
  severityOfLetter,
  statusOfLetter,
  verdictOfLetter,
  type FindingsInFormat,
  type MemoryInFormat,
  type Places,
  type ResourceInFormat,
} from './memory-format.ts';

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/** A memory as gzip-compressed JSON: some 0.5 kB for an account with 57 findings, most of it digests. */
export async function encodeMemory(memory: Memory): Promise<Uint8Array> {
  return zip(JSON.stringify(inFormat(memory)));
}

/** The memory in a file; `unreadable` where it is damaged, or of a version that this one does not know. Never throws. */
export async function decodeMemory(bytes: Uint8Array): Promise<Memory | 'unreadable'> {
  try {
    const text = await unzip(bytes);
    return outOfFormat(MemoryFormat.parse(JSON.parse(text.toString('utf8'))));
  } catch {
    return 'unreadable';
  }
}

/** The lists of a file, while it is being made. */
interface Lists {
  readonly times: Places<number>;
  readonly texts: Places<string>;
  readonly controls: Places<readonly [string, string]>;
  readonly layouts: Places<readonly number[]>;
}

function inFormat({ scanTime, fullAt, resources }: Memory): MemoryInFormat {
  const lists: Lists = { times: places(Number), texts: places(String), controls: places(pair => pair.join(' ')), layouts: places(layout => layout.join(' ')) };
  // Neighbours in order of id are alike, which the compression feels.
  const sorted = [...resources].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resourceInFormat(resource, lists));
  const { times, texts, controls, layouts } = lists;
  return {
    version: formatVersion,
    scanTime: scanTime.getTime(),
    fullAt: fullAt?.getTime() ?? null,
    times: times.list,
    texts: texts.list,
    controls: controls.list.map(([controlId, judgedBy]) => [controlId, judgedBy]),
    layouts: layouts.list.map(layout => [...layout]),
    resources: sorted,
  };
}

function resourceInFormat(resource: RememberedResource, lists: Lists): ResourceInFormat {
  const { resourceId, resourceType, name, subscriptionId, location, scanTime, digest, reach, knownReach, reachSince, findings } = resource;
  const { times, texts } = lists;
  return {
    id: resourceId,
    type: texts.placeOf(resourceType),
    ...(name !== nameOf(resourceId) && { name }),
    ...(subscriptionId !== subscriptionIn(resourceId) && { subscription: subscriptionId }),
    location: location === null ? null : texts.placeOf(location),
    seen: times.placeOf(scanTime.getTime()),
    digest,
    reach,
    knownReach,
    reachSince: reachSince && times.placeOf(reachSince.getTime()),
    findings: findingsInFormat([...findings], lists),
  };
}

function findingsInFormat(findings: readonly (readonly [string, RememberedFinding])[], { times, controls, layouts }: Lists): FindingsInFormat {
  const each = findings.map(([, finding]) => finding);
  return {
    layout: layouts.placeOf(findings.map(([controlId, { judgedBy }]) => controls.placeOf([controlId, judgedBy]))),
    statuses: each.map(({ status }) => letterOfStatus[status]).join(''),
    verdicts: each.map(({ verdict }) => (verdict === null ? letterOfNone : letterOfStatus[verdict])).join(''),
    severities: each.map(({ severity }) => letterOfSeverity(severity)).join(''),
    since: each.map(({ since }) => times.placeOf(since.getTime())),
    failingSince: each.map(({ failingSince }) => failingSince && times.placeOf(failingSince.getTime())),
    digests: each.map(({ digest }) => digest),
    exemptions: each.flatMap(({ exemption }, place) => (exemption ? [[place, exemption.digest, exemption.state === 'active'] as [number, number, boolean]] : [])),
  };
}

function outOfFormat({ scanTime, fullAt, times, resources, ...lists }: MemoryInFormat): Memory {
  const dates = times.map(time => new Date(time));
  return {
    scanTime: new Date(scanTime),
    fullAt: fullAt === null ? null : new Date(fullAt),
    resources: new Map(resources.map(resource => [resource.id.toLowerCase(), resourceOutOfFormat(resource, { ...lists, dates })])),
  };
}

interface ReadLists extends Pick<MemoryInFormat, 'texts' | 'controls' | 'layouts'> {
  readonly dates: readonly Date[];
}

function resourceOutOfFormat(resource: ResourceInFormat, lists: ReadLists): RememberedResource {
  const { id, type, name, subscription, location, seen, digest, reach, knownReach, reachSince, findings } = resource;
  return {
    resourceId: id,
    resourceType: at(lists.texts, type),
    name: name ?? nameOf(id),
    subscriptionId: subscription ?? subscriptionIn(id),
    location: location === null ? null : at(lists.texts, location),
    scanTime: at(lists.dates, seen),
    digest,
    reach,
    knownReach,
    reachSince: reachSince === null ? null : at(lists.dates, reachSince),
    findings: new Map(findingsOutOfFormat(findings, lists)),
  };
}

function findingsOutOfFormat({ layout, ...columns }: FindingsInFormat, { controls, layouts, dates }: ReadLists): (readonly [string, RememberedFinding])[] {
  const exemptions = new Map(columns.exemptions.map(([place, digest, isActive]) => [place, { digest, state: isActive ? 'active' : 'expired' } as const]));
  return at(layouts, layout).map((control, place) => {
    const [controlId, judgedBy] = at(controls, control);
    const failing = at(columns.failingSince, place);
    const finding: RememberedFinding = {
      status: of(statusOfLetter, columns.statuses.charAt(place)),
      verdict: of(verdictOfLetter, columns.verdicts.charAt(place)),
      severity: of(severityOfLetter, columns.severities.charAt(place)),
      since: at(dates, at(columns.since, place)),
      failingSince: failing === null ? null : at(dates, failing),
      digest: at(columns.digests, place),
      exemption: exemptions.get(place) ?? null,
      judgedBy,
    };
    return [controlId, finding];
  });
}

/** What the id says; resources of a tenant are in no subscription. */
function subscriptionIn(resourceId: string): string {
  return subscriptionOf(resourceId) ?? '';
}

function at<T>(list: readonly T[], place: number): T {
  const value = list[place];
  if (value === undefined) throw new RangeError(`Nothing is at place ${place}.`);
  return value;
}

function of<T>(values: ReadonlyMap<string, T>, letter: string): T {
  const value = values.get(letter);
  if (value === undefined) throw new RangeError(`Nothing is called "${letter}".`);
  return value;
}
