import type { ObservedState } from './reading/snapshot.ts'
import type { CheckedOptions } from './scheduler-options.ts'
import { type GuardedSessionProvider, guardSessions } from './session/guard-sessions.ts'
import { createUnits, type Units } from './session/units.ts'
import { type Configuration, createConfiguration } from './state/configuration.ts'
import { createEmitter, type Emitter } from './state/emitter.ts'
import { createProviderSwitches, type ProviderSwitches } from './state/provider-switches.ts'
import { createSchedulerState, type SchedulerState } from './state/scheduler-state.ts'

/**
 * When the host's clock differs from the store's by more than this, the scheduler also logs a warning. It corrects the
 * clock either way.
 */
export const REPORTED_SKEW_MS = 5_000

/**
 * The dependencies that all parts of one scheduler share. `createScheduler` makes them once and passes them on whole.
 */
export interface SchedulerContext<S extends object>
  extends Pick<CheckedOptions<S>, 'store' | 'clock' | 'logger' | 'redact'> {
  /** The scheduler's name in the store. */
  readonly scheduler: string
  readonly options: CheckedOptions<S>
  /** The host's sessions, guarded. */
  readonly sessions: GuardedSessionProvider<S>
  /** The library's own units of work on these sessions. */
  readonly units: Units<S>
  readonly configuration: Configuration<S>
  /** The jobs as they are in effect. */
  readonly jobs: Configuration<S>['jobs']
  readonly providers: ProviderSwitches
  readonly state: SchedulerState
  readonly events: Emitter
}

export interface ContextParts {
  /** Machine codes of the problems of the open instance, while there is one. */
  readonly reasonsOfRuntime: () => readonly string[]
}

export function createSchedulerContext<S extends object>(
  options: CheckedOptions<S>,
  { reasonsOfRuntime }: ContextParts,
): SchedulerContext<S> {
  const { name, store, clock, logger, redact } = options
  const events = createEmitter(logger)
  const configuration = createConfiguration<S>(options)
  const providers = createProviderSwitches({ host: options.providers.describe, configuration })
  const sessions = guardSessions<S>(options.sessions, {
    clock,
    onLeak: (leak) => logger.error(leak, 'A session was used after its unit of work had ended'),
    onExhausted: (held) => logger.warn({ held }, 'A unit of work got no session in time: the pool has none left'),
  })
  const state = createSchedulerState({
    clock,
    configuration,
    reasonsOfRuntime: () => [...(sessions.isExhausted ? ['POOL_EXHAUSTED'] : []), ...reasonsOfRuntime()],
    isSkewed: () => Math.abs(clock.skewMs) > REPORTED_SKEW_MS,
    onChange(change: { readonly from: ObservedState; readonly to: ObservedState }) {
      logger.info(change, 'The scheduler changed its state')
      events.emit('state-changed', change)
    },
  })
  const units = createUnits<S>(sessions, { succeeded: state.storeAnswered, failed: state.storeFailed })
  const { jobs } = configuration
  return {
    scheduler: name,
    options,
    store,
    clock,
    logger,
    redact,
    sessions,
    units,
    configuration,
    jobs,
    providers,
    state,
    events,
  }
}
