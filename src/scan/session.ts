import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import type { Baseline } from '../baseline/effective.ts';
import type { ArmCounters, ScanIdentity } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { judgeBy } from './baseline.ts';
import type { History } from './history.ts';
import { knowledge, type TenantReading } from './knowledge.ts';
import type { Plan, ScanScope } from './plan.ts';
import type { ScanServices } from './services.ts';

export interface SessionSettings {
  readonly identity: ScanIdentity;
  readonly scope: ScanScope;
  readonly planned: Plan;
  readonly baseline: Baseline;
  readonly arm: Arm;
  /** What another process has read for this scan; null = it is read here. */
  readonly shared: TenantReading | null;
  /** Null = nothing is remembered: every finding is new. */
  readonly history: History | null;
  readonly sinks: readonly Sink[];
  /** Requests to Resource Manager in flight. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
}

/** One process's share in one scan: what its parts work with, and have in common. */
export interface Session extends Omit<SessionSettings, 'shared' | 'concurrency' | 'signal' | 'clock'> {
  readonly services: ScanServices;
  /** What this process asked of Resource Manager since the last call. */
  spent(): ArmCounters;
}

/** One subscription with accounts keeps some eight requests in flight. Each holds its facts until it is judged: more at once get no more done. */
const subscriptionsShare = 8;

export function openSession({ shared, concurrency, signal, clock, ...settings }: SessionSettings): Session {
  const { arm, baseline, identity, planned } = settings;
  const deep = new PQueue({ concurrency: Math.ceil(concurrency / subscriptionsShare) });
  const services: ScanServices = {
    arm,
    knowledge: knowledge(arm, planned, shared),
    judge: judgeBy(baseline, identity.startedAt, arm, planned),
    signal,
    clock,
    inDepth: work => deep.add(work),
  };
  return { ...settings, services, spent: differences(arm.counters) };
}

function differences(counters: ArmCounters): () => ArmCounters {
  let before: ArmCounters = { requests: 0, throttled: 0, retries: 0 };
  return () => {
    const now = { ...counters };
    const since = { requests: now.requests - before.requests, throttled: now.throttled - before.throttled, retries: now.retries - before.retries };
    before = now;
    return since;
  };
}
