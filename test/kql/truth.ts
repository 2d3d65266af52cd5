import { isExempted } from '../../src/core/exemption.ts';
import { isPublic } from '../../src/core/exposure.ts';
import { writesUnchanged, type ComparedAssessment } from '../../src/core/transition.ts';
import { subscriptions, type Part, type Reading, type Told } from './simulation.ts';

/** Rows by what they are of, so that their order does not matter. */
export type Facts = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;

function lastReading(told: Told, part: Part, before: number): Reading | undefined {
  return told.readings.findLast(reading => reading.part === part && reading.at.getTime() < before);
}

/** What each part was when it was read last, before a time; what could not be listed then, as it was seen last. */
function present(told: Told, before = Number.POSITIVE_INFINITY): readonly { readonly part: Part; readonly compared: ComparedAssessment }[] {
  return ([...subscriptions, 'tenant'] as const).flatMap(part => {
    const there = new Map<string, ComparedAssessment>();
    for (const { comparison } of told.readings.filter(reading => reading.part === part && reading.at.getTime() < before)) {
      for (const { resource, isGone } of comparison.gone) if (isGone) there.delete(resource.resourceId);
      for (const compared of comparison.assessments) there.set(compared.assessment.resourceId, compared);
    }
    return [...there.values()].map(compared => ({ part, compared }));
  });
}

/** The last time that something had a row: in full, or because it was different. */
function lastRow(told: Told, part: Part, isWritten: (reading: Reading) => boolean): Date {
  return told.readings.findLast(reading => reading.part === part && isWritten(reading))?.at ?? new Date(Number.NaN);
}

/** When a part was read for the last time, as the rows can tell: of perimeters only a complete scan says so. */
function lastRead(told: Told, part: Part, row: Date): Date {
  const read = part === 'tenant' ? told.scans.findLast(({ complete, step }) => complete && step.closes)?.at : lastReading(told, part, Number.POSITIVE_INFINITY)?.at;
  return read && read > row ? read : row;
}

export function latestFindings(told: Told): Facts {
  const rows = present(told).flatMap(({ part, compared }) =>
    compared.findings.map(({ finding, since, failingSince }) => {
      const written = lastRow(told, part, ({ comparison }) =>
        comparison.assessments.some(({ findings }) =>
          findings.some(each => each.finding.id === finding.id && (writesUnchanged(comparison.emission) || each.transition !== 'unchanged')),
        ),
      );
      const read = lastRead(told, part, written);
      return [
        finding.id,
        {
          Status: finding.status,
          Severity: finding.severity,
          ResourceId: compared.assessment.resourceId.toLowerCase(),
          Since: since,
          FailingSince: failingSince,
          IsExempted: isExempted(finding),
          LastRead: read,
          IsStale: told.now.getTime() - read.getTime() > 2 * dayMs,
        },
      ] as const;
    }),
  );
  return Object.fromEntries(rows);
}

function counts({ assessment: { findings } }: ComparedAssessment) {
  const counted = findings.filter(finding => !isExempted(finding));
  const count = (status: string): number => counted.filter(finding => finding.status === status).length;
  return { Failed: count('fail'), Unknown: count('unknown'), Exempted: findings.length - counted.length };
}

export function presentResources(told: Told): Facts {
  const rows = present(told).map(({ part, compared }) => {
    const { assessment, reachSince } = compared;
    const written = lastRow(told, part, ({ comparison }) =>
      comparison.assessments.some(each => each.assessment.resourceId === assessment.resourceId && (writesUnchanged(comparison.emission) || each.transition !== 'unchanged')),
    );
    return [
      assessment.resourceId.toLowerCase(),
      {
        Reach: assessment.exposure?.reach ?? '',
        ReachSince: reachSince,
        ScoreFloor: assessment.score.floor,
        ...counts(compared),
        LastRead: lastRead(told, part, written),
      },
    ] as const;
  });
  return Object.fromEntries(rows);
}

function startOfDay(time: number): number {
  return Math.floor(time / dayMs) * dayMs;
}

/** Every day from that of the first scan to today. */
function daysOf({ scans, now }: Told): readonly number[] {
  const first = startOfDay(scans[0]?.at.getTime() ?? 0);
  return Array.from({ length: (startOfDay(now.getTime()) - first) / dayMs + 1 }, (_, index) => first + index * dayMs);
}

export function history(told: Told): Facts {
  const rows = daysOf(told).flatMap(day =>
    present(told, day + dayMs).map(
      ({ compared }) =>
        [
          `${new Date(day).toISOString()} ${compared.assessment.resourceId.toLowerCase()}`,
          { Reach: compared.assessment.exposure?.reach ?? '', ...counts(compared) },
        ] as const,
    ),
  );
  return Object.fromEntries(rows);
}

export function trend(told: Told): Facts {
  const rows = daysOf(told).flatMap(day => {
    const there = present(told, day + dayMs);
    const closed = told.scans.map((scan, index) => ({ ...scan, floor: index })).filter(({ at, step }) => step.closes && startOfDay(at.getTime()) === day);
    const widest = closed.filter(({ expected }) => expected === Math.max(...closed.map(each => each.expected)));
    const sum = (name: 'Failed' | 'Unknown' | 'Exempted'): number => there.reduce((total, { compared }) => total + counts(compared)[name], 0);
    const row = {
      Scans: closed.length,
      CompleteScans: closed.filter(({ complete }) => complete).length,
      ScoreFloor: widest.at(-1)?.floor ?? null,
      Accounts: there.filter(({ part }) => part !== 'tenant').length,
      Public: there.filter(({ compared }) => isPublic(compared.assessment.exposure?.reach ?? 'closed')).length,
      Open: sum('Failed'),
      Unknown: sum('Unknown'),
      Exempted: sum('Exempted'),
    };
    return closed.length > 0 || there.length > 0 ? [[new Date(day).toISOString(), row] as const] : [];
  });
  return Object.fromEntries(rows);
}

/** How each subscription stands. `absent`: the last closed scan, all of whose rows are there, did not see it. */
export function subscriptionStates(told: Told): Facts {
  const lastWhole = told.scans.findLast(({ step, expected }) => step.closes && expected > 0)?.at ?? new Date(0);
  const rows = subscriptions.flatMap(subscription => {
    const tried = told.scans.findLast(({ step }) => step.outcomes[subscription] !== 'unseen');
    if (!tried) return [];
    const outcome = tried.step.outcomes[subscription] === 'denied' ? 'denied' : 'scanned';
    const read = lastReading(told, subscription, Number.POSITIVE_INFINITY);
    return [
      [
        subscription,
        { Outcome: tried.at < lastWhole ? 'absent' : outcome, LastTried: tried.at, LastRead: read?.at ?? null, Accounts: present(told).filter(({ part }) => part === subscription).length },
      ] as const,
    ];
  });
  return Object.fromEntries(rows);
}

/** Every event, by scan, resource and control. */
export function events(told: Told): Facts {
  const rows = told.readings.flatMap(({ at, comparison }) => {
    const key = (event: string, id: string): string => `${at.toISOString()} ${event} ${id.toLowerCase()}`;
    const ofFindings = comparison.assessments.flatMap(({ findings }) =>
      findings.flatMap(({ finding, transition, cause }) => {
        const event = transition === 'new' ? (finding.status === 'fail' ? 'newFailing' : '') : transition === 'regressed' || transition === 'fixed' ? transition : '';
        return event === '' ? [] : [[key(event, finding.id), cause] as const];
      }),
    );
    const gone = comparison.gone.filter(({ isGone }) => isGone).map(({ resource, cause }) => [key('resourceGone', resource.resourceId), cause] as const);
    const fresh = comparison.assessments
      .filter(({ transition }) => transition === 'new')
      .map(({ assessment, cause }) => [key('resourceNew', assessment.resourceId), cause] as const);
    const reaches = comparison.assessments.flatMap(({ assessment: { exposure, resourceId }, previousReach, cause }) => {
      if (!exposure || exposure.reach === 'unknown') return [];
      const [is, was] = [isPublic(exposure.reach), previousReach !== null && isPublic(previousReach)];
      return is === was ? [] : [[key(is ? 'opened' : 'closed', resourceId), cause] as const];
    });
    return [...ofFindings, ...gone, ...fresh, ...reaches];
  });
  return Object.fromEntries(rows);
}
