/**
 * As much of the durable backend as orchestrations take: histories, replays, activities, sub-orchestrations, timers.
 * Orchestrators run in the library's own executor, over events as the extension sends them.
 */

/** An orchestrator as the library registers it: gets history, gives the actions it asks for. */
export type RegisteredOrchestrator = (trigger: unknown, context: object) => Promise<OrchestratorState>;

interface OrchestratorState {
  readonly isDone: boolean;
  readonly actions: readonly (readonly Action[])[];
  readonly output?: unknown;
  readonly customStatus?: unknown;
}

interface Action {
  readonly actionType: number;
  readonly functionName?: string;
  readonly input?: unknown;
  readonly instanceId?: string;
  readonly fireAt?: string;
  readonly compoundActions?: readonly Action[];
}

type HistoryEvent = Readonly<Record<string, unknown>> & { readonly EventType: number };

export type Status = 'Pending' | 'Running' | 'Completed' | 'Failed' | 'Terminated';

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly createdTime: Date;
  status: Status;
  output: unknown;
  customStatus: unknown;
  /** What a failed one threw. */
  failure: string | null;
  /** Bytes of the history, as the extension sends it with every replay. */
  historyBytes: number;
  replays: number;
}

export interface EngineSettings {
  readonly orchestrators: Readonly<Record<string, RegisteredOrchestrator>>;
  readonly activities: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
  /** Activities at work at once; as many as there are where it is left out. */
  readonly concurrency?: number;
  /** `eachAlone`: the orchestrator runs again for every event; `together`: for all that are there. */
  readonly delivery?: 'eachAlone' | 'together';
  readonly log?: (level: 'log' | 'warn', args: readonly unknown[]) => void;
  readonly now?: Date;
}

export interface Engine {
  readonly instances: ReadonlyMap<string, Instance>;
  /** Every status that was set, in order. */
  readonly statuses: readonly unknown[];
  /** @throws Error where one of that id is running */
  start(name: string, id: string, input: unknown): Instance;
  terminate(id: string): void;
  /** Removes instances that are over. */
  purge(olderThan: Date): number;
  /** When nothing is running any more. */
  idle(): Promise<void>;
}

const types = { executionStarted: 0, taskScheduled: 4, taskCompleted: 5, taskFailed: 6, childCreated: 7, childCompleted: 8, childFailed: 9, timerCreated: 10, timerFired: 11, started: 12, completed: 13 } as const;
const actionTypes = { activity: 0, child: 2, timer: 5, all: 12 } as const;

/** What the extension says of itself; its schema of replays is the newest that the library knows. */
const extensionSettings = {
  upperSchemaVersion: 3,
  upperSchemaVersionNew: 3,
  longRunningTimerIntervalDuration: '3.00:00:00',
  maximumShortTimerDuration: '6.00:00:00',
  defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
};

interface Running extends Instance {
  readonly parent: ((done: Running) => void) | null;
  readonly execution: string;
  readonly inbox: HistoryEvent[];
  history: HistoryEvent[];
  /** As JSON, in the order in which they were asked for. */
  scheduled: string[];
  isBusy: boolean;
}

export function durableEngine({ orchestrators, activities, concurrency = Infinity, delivery = 'together', log = () => {}, now = new Date('2026-11-20T06:00:00Z') }: EngineSettings): Engine {
  const instances = new Map<string, Running>();
  const statuses: unknown[] = [];
  const waiting: (() => Promise<void>)[] = [];
  let [atWork, time, executions, open] = [0, now.getTime(), 0, 0];
  let rest: (() => void)[] = [];

  const tick = (): string => new Date((time += 1)).toISOString();
  const event = (EventType: number, rest: Readonly<Record<string, unknown>>): HistoryEvent => ({ EventType, EventId: -1, IsPlayed: false, Timestamp: tick(), ...rest });
  /** Counts work, so that somebody can wait for its end. */
  const counted = (work: () => Promise<void> | void): void => {
    open += 1;
    setImmediate(() => {
      void Promise.resolve(work()).finally(() => {
        open -= 1;
        if (open === 0) for (const resolve of rest.splice(0)) resolve();
      });
    });
  };
  const post = (to: Running, message: HistoryEvent): void => {
    to.inbox.push(message);
    counted(() => pump(to));
  };
  const drain = (): void => {
    while (atWork < concurrency) {
      const work = waiting.shift();
      if (!work) return;
      atWork += 1;
      counted(async () => {
        await work();
        atWork -= 1;
        drain();
      });
    }
  };

  async function pump(instance: Running): Promise<void> {
    if (instance.isBusy || !isOpen(instance) || instance.inbox.length === 0) return;
    instance.isBusy = true;
    const arrived = instance.inbox.splice(0, delivery === 'eachAlone' ? 1 : instance.inbox.length);
    instance.history = [...instance.history.map(each => ({ ...each, IsPlayed: true })), event(types.started, {}), ...arrived];
    await episode(instance);
    instance.history.push(event(types.completed, {}));
    instance.isBusy = false;
    if (instance.inbox.length > 0) counted(() => pump(instance));
  }

  async function episode(instance: Running): Promise<void> {
    const state = await replayed(instance);
    if (!isOpen(instance)) return;
    if (typeof state === 'string') return end(instance, 'Failed', null, state);
    if (state.customStatus !== undefined && JSON.stringify(state.customStatus) !== JSON.stringify(instance.customStatus)) statuses.push((instance.customStatus = state.customStatus));
    const asked = flat(state.actions[0] ?? []);
    for (const [place, before] of instance.scheduled.entries()) {
      if (JSON.stringify(asked[place]) !== before) return end(instance, 'Failed', null, `Non-deterministic: action ${place} was ${before} and is ${JSON.stringify(asked[place])}.`);
    }
    if (state.isDone) return end(instance, 'Completed', state.output ?? null, null);
    for (const action of asked.slice(instance.scheduled.length)) schedule(instance, action);
  }

  /** Runs the orchestrator over the history; gives what it threw as text. */
  async function replayed(instance: Running): Promise<OrchestratorState | string> {
    const { history, input, id: instanceId, replays } = instance;
    const sent = JSON.stringify({ ...extensionSettings, history, input, instanceId, isReplaying: replays > 0, parentInstanceId: '' });
    instance.historyBytes = Math.max(instance.historyBytes, Buffer.byteLength(sent));
    instance.replays += 1;
    const context = { log: (...args: unknown[]) => log('log', args), warn: (...args: unknown[]) => log('warn', args) };
    try {
      const handler = orchestrators[instance.name];
      if (!handler) throw new Error(`No orchestrator ${instance.name}.`);
      return JSON.parse(JSON.stringify(await handler(JSON.parse(sent), context))) as OrchestratorState;
    } catch (error) {
      // The worker tells the host by the message, and what was thrown is in the state behind it.
      const [what = '', state = '{}'] = (error as Error).message.split('\n\n$OutOfProcData$:');
      return (JSON.parse(state) as { readonly error?: string }).error ?? what;
    }
  }

  function schedule(instance: Running, action: Action): void {
    const EventId = instance.scheduled.length;
    instance.scheduled.push(JSON.stringify(action));
    const { actionType, functionName: Name = '', fireAt = '' } = action;
    const input = action.input ?? null;
    if (actionType === actionTypes.activity) {
      instance.history.push(event(types.taskScheduled, { EventId, Name, Input: JSON.stringify(input) }));
      waiting.push(async () => post(instance, await outcomeOf(Name, input, EventId)));
      drain();
    } else if (actionType === actionTypes.child) {
      const id = action.instanceId ?? `${instance.execution}:${String(EventId).padStart(8, '0')}`;
      instance.history.push(event(types.childCreated, { EventId, Name, InstanceId: id, Input: JSON.stringify(input) }));
      create(Name, id, input, ({ status, output, failure }) =>
        post(
          instance,
          status === 'Completed'
            ? event(types.childCompleted, { TaskScheduledId: EventId, Result: JSON.stringify(output) })
            : event(types.childFailed, { TaskScheduledId: EventId, Reason: `Orchestrator function '${Name}' failed: ${failure}`, Details: '' }),
        ),
      );
    } else if (actionType === actionTypes.timer) {
      instance.history.push(event(types.timerCreated, { EventId, FireAt: fireAt }));
      time = Math.max(time, Date.parse(fireAt));
      post(instance, event(types.timerFired, { TimerId: EventId, FireAt: fireAt }));
    } else {
      throw new Error(`The engine has no action of type ${actionType}.`);
    }
  }

  async function outcomeOf(name: string, input: unknown, TaskScheduledId: number): Promise<HistoryEvent> {
    try {
      const activity = activities[name];
      if (!activity) throw new Error(`No activity ${name}.`);
      const result = await activity(JSON.parse(JSON.stringify(input)));
      return event(types.taskCompleted, { TaskScheduledId, Result: JSON.stringify(result) });
    } catch (error) {
      return event(types.taskFailed, { TaskScheduledId, Reason: `Activity function '${name}' failed: ${(error as Error).message}`, Details: '' });
    }
  }

  function end(instance: Running, status: Status, output: unknown, failure: string | null): void {
    Object.assign(instance, { status, output, failure });
    instance.parent?.(instance);
  }

  function create(name: string, id: string, input: unknown, parent: Running['parent']): Running {
    executions += 1;
    const instance: Running = {
      ...unstarted(),
      id,
      name,
      input: JSON.parse(JSON.stringify(input)) as unknown,
      createdTime: new Date(time),
      parent,
      execution: `execution${executions}`,
    };
    instances.set(id, instance);
    post(instance, event(types.executionStarted, { Name: name, Input: JSON.stringify(input) }));
    return instance;
  }

  return {
    instances,
    statuses,
    start(name, id, input) {
      const before = instances.get(id);
      if (before && isOpen(before)) throw new Error(`An instance ${id} is running.`);
      return create(name, id, input, null);
    },
    terminate(id) {
      const instance = instances.get(id);
      if (instance && isOpen(instance)) end(instance, 'Terminated', null, null);
    },
    purge(olderThan) {
      const old = [...instances.values()].filter(each => !isOpen(each) && each.createdTime < olderThan);
      for (const { id } of old) instances.delete(id);
      return old.length;
    },
    idle: () => new Promise(resolve => (open === 0 ? resolve() : rest.push(resolve))),
  };
}

function unstarted(): Omit<Running, 'id' | 'name' | 'input' | 'createdTime' | 'parent' | 'execution'> {
  return { status: 'Running', output: null, customStatus: null, failure: null, historyBytes: 0, replays: 0, inbox: [], history: [], scheduled: [], isBusy: false };
}

function isOpen({ status }: Instance): boolean {
  return status === 'Pending' || status === 'Running';
}

function flat(actions: readonly Action[]): Action[] {
  return actions.flatMap(action => (action.actionType === actionTypes.all ? flat(action.compoundActions ?? []) : [action]));
}
