import type { ControlState } from './control/control.ts'
import { guardHealthReasons } from './host/guard-health-reasons.ts'
import { guardProviders, withLabels } from './host/guard-providers.ts'
import { OccurrenceIds } from './ids.ts'
import { createToLabel } from './redact/to-label.ts'
import type { CheckedOptions } from './scheduler-options.ts'
import { type GuardedSessionProvider, guardSessions } from './session/guard-sessions.ts'
import { createUnits, type Units } from './session/units.ts'
import { type AbandonedHandlers, createAbandonedHandlers } from './state/abandoned-handlers.ts'
import { createCommandLog } from './state/command-log.ts'
import { type Configuration, createConfiguration } from './state/configuration.ts'
import { createEmitter, type Emitter } from './state/emitter.ts'
import { createFollowControl, type FollowControl } from './state/follow-control.ts'
import { createHandOver, type HandOver } from './state/hand-over.ts'
import { handingOver } from './state/handing-over.ts'
import { createJobNames, type JobNames } from './state/job-names.ts'
import { createOutdatedJobs, type OutdatedJobs } from './state/outdated-jobs.ts'
import { createProviderNames, type ProviderNames } from './state/provider-names.ts'
import { createProviderSwitches, type ProviderSwitches } from './state/provider-switches.ts'
import { createRenamingStore } from './state/renaming-store.ts'
import { createSchedulerState, type SchedulerState, type StateChange } from './state/scheduler-state.ts'

/**
 * When the host's clock differs from the store's by more than this, the scheduler also logs a warning. It corrects the
 * clock either way.
 */
export const REPORTED_SKEW_MS = 5_000

/**
 * The dependencies that all parts of one scheduler share. `createScheduler` makes them once and passes them on whole.
 */
export interface SchedulerContext<S extends object>
  extends Pick<CheckedOptions<S>, 'store' | 'clock' | 'logger' | 'toStoredError' | 'onRunError'>,
    FollowControl<S> {
  /** The scheduler's name in the store. */
  readonly scheduler: string
  readonly options: CheckedOptions<S>
  /** The host's sessions, guarded. */
  readonly sessions: GuardedSessionProvider<S>
  /** The library's own units of work on these sessions. */
  readonly units: Units<S>
  readonly configuration: Configuration<S>
  /** The jobs in effect that this instance acts for. */
  readonly jobs: Configuration<S>['jobs']
  /** What `store`, which is asked with the names of this instance, calls the jobs. */
  readonly names: JobNames
  /** The ids of the runs of due times, by the names that the jobs are stored under. */
  readonly occurrenceIds: OccurrenceIds
  readonly providers: ProviderSwitches
  readonly providerNames: ProviderNames
  readonly state: SchedulerState
  readonly events: Emitter
  readonly abandoned: AbandonedHandlers
  /** Carries queued runs to workers; `null` without an engine. */
  readonly handOver: HandOver<S> | null
  /** The jobs whose due times are left to instances with newer time zone data. */
  readonly outdated: OutdatedJobs
}

export interface ContextParts {
  /** Machine codes of the problems of the open instance, while there is one. */
  readonly reasonsOfRuntime: () => readonly string[]
}

export function createSchedulerContext<S extends object>(
  options: CheckedOptions<S>,
  { reasonsOfRuntime }: ContextParts,
): SchedulerContext<S> {
  const { name, clock, logger, toStoredError, onRunError } = options
  const events = createEmitter(logger)
  const abandoned = createAbandonedHandlers({ keepPlaces: options.abandonedHandlers === 'keep-place' })
  const configuration = createConfiguration<S>(options)
  const names = createJobNames(configuration.definitions.own)
  const label = createToLabel(options.redact)
  const host = () => options.providers.describe()
  const { providerConditions: conditions, providerAttributes: attributes = [] } = options.declared
  const guarded = guardProviders({ host, conditions, attributes, label, logger })
  const providers = createProviderSwitches({ host: () => withLabels(host(), label), guarded, configuration, label })
  const sessions = guardSessions<S>(options.sessions, {
    clock,
    onLeak: (leak) => logger.error(leak, 'A session was used after its unit of work had ended'),
    onExhausted: (held) => logger.warn({ held }, 'A unit of work got no session in time: the pool has none left'),
  })
  const hostReasons = guardHealthReasons({ host: options.healthReasons, logger })
  const state = createSchedulerState({
    role: options.role,
    clock,
    configuration,
    reasonsOfRuntime: () => [
      ...(sessions.isExhausted ? ['POOL_EXHAUSTED'] : []),
      ...(abandoned.size > 0 ? ['HANDLERS_ABANDONED'] : []),
      ...(providers.isInvalid ? ['PROVIDERS_INVALID'] : []),
      ...(handOver?.health.fails || handOver?.queues.hasRefused ? ['ENGINE_FAILING'] : []),
      ...reasonsOfRuntime(),
      ...hostReasons(clock.now()),
    ],
    isSkewed: () => Math.abs(clock.skewMs) > REPORTED_SKEW_MS,
    onChange(change) {
      const { from, to } = change
      logger.info({ from, to, ...behind(change, state.control) }, 'The scheduler changed its state')
      events.emit('state-changed', { from, to })
    },
  })
  const inProcess = createCommandLog<S>({
    store: createRenamingStore<S>(options.store, names),
    units: createUnits<S>(sessions, { succeeded: state.storeAnswered, failed: state.storeFailed }),
    logger,
  })
  const { engine, queueTimeoutMs } = options
  const handOver = engine
    ? createHandOver<S>({ scheduler: name, engine, queueTimeoutMs, configuration, clock, logger })
    : null
  const { store, units } = handOver ? handingOver(inProcess, handOver) : inProcess
  const { jobs } = configuration
  const outdated = createOutdatedJobs()
  const providerNames = createProviderNames({ jobs, isDescribed: guarded.has })
  const { timeZoneData } = options
  const following = { scheduler: name, store, names, state, configuration, outdated, timeZoneData }
  return {
    scheduler: name,
    options,
    store,
    clock,
    logger,
    toStoredError,
    onRunError,
    sessions,
    units,
    configuration,
    jobs,
    names,
    occurrenceIds: new OccurrenceIds(name),
    providers,
    providerNames,
    state,
    ...createFollowControl<S>(following),
    events,
    abandoned,
    handOver,
    outdated,
  }
}

/** Who wanted a change of the state, and who wanted the pause that is in effect, whenever it is noticed. */
function behind({ to, isCommanded }: StateChange, control: ControlState | null) {
  return control !== null && (isCommanded || to === 'paused') ? { by: control.by, why: control.why } : {}
}
