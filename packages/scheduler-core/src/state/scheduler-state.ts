import type { Clock, EpochMs } from '../clock.ts'
import type { ControlState, DesiredState } from '../control/control.ts'
import type { ObservedState, UptimeReading } from '../reading/snapshot.ts'
import { createAdoptedControl } from './adopted-control.ts'
import type { SchedulerRole } from './role.ts'
import { createStoreHealth } from './store-health.ts'
import { createUptime } from './uptime.ts'

/**
 * The desired state, the observed state and the health of one instance:
 *
 *     desired    the state that the control state in the store asks for
 *     observed   of a scheduler or a worker: `stopped` until open, `error` while the store fails, otherwise the desired
 *                state. Of an open observer: the state of its fleet. Any success ends the error after a failed read; only a
 *                write ends it after a failed write, because a full disk still answers reads.
 *     fleet      of all schedulers together, as the store told it last: the desired state while one of them lives,
 *                otherwise `stopped`. Workers alone are none: nobody decides what is due.
 *     told       what a snapshot says: the observed state of an open scheduler, otherwise that of the fleet
 *     reasons    machine codes of the instance's problems
 */
export interface SchedulerState {
  readonly observed: ObservedState
  readonly told: ObservedState
  readonly desired: DesiredState
  readonly control: ControlState | null
  readonly isOpen: boolean
  readonly reasons: readonly string[]
  readonly uptime: UptimeReading
  opened(): void
  closed(): void
  /** Notes until when a scheduler lives if it renews its heartbeat no more; `-Infinity` without any. */
  sawFleet(aliveUntil: EpochMs): void
  /** Takes over a control state, unless a newer one is known already. */
  adopt(control: ControlState): void
  /** Calls the listener after each control state that is taken over. Answers how to stop that. */
  onControl(listener: () => void): () => void
  /** Whether the store refused a write and has taken none since. */
  readonly writesFail: boolean
  storeAnswered(unit: { readonly wrote: boolean }): void
  storeFailed(unit: { readonly readOnly: boolean }): void
}

export interface SchedulerStateOptions {
  readonly role: SchedulerRole
  readonly clock: Clock
  /** Whether this host's clock differs so much from the store's that an operator should look at it. */
  readonly isSkewed: () => boolean
  /** Gets every control state that is taken over, before anything else reads it. */
  readonly configuration: { adopt(control: ControlState): void; readonly reasons: readonly string[] }
  /** Machine codes of the problems of the open runtime; empty while the scheduler is not open. */
  readonly reasonsOfRuntime: () => readonly string[]
  readonly onChange: (change: StateChange) => void
}

export interface StateChange {
  readonly from: ObservedState
  readonly to: ObservedState
  /** Whether a command is behind it: not an opening, a close, the end of a pause that came by itself, or the store. */
  readonly isCommanded: boolean
}

export function createSchedulerState(options: SchedulerStateOptions): SchedulerState {
  const { role, clock, configuration, isSkewed, reasonsOfRuntime, onChange } = options
  let isOpen = false
  let fleetAliveUntil = -Infinity
  let last: ObservedState = 'stopped'
  const uptime = createUptime(clock)
  const health = createStoreHealth()
  const adopted = createAdoptedControl(clock)

  const present = (isThere: boolean) => presentOf({ isThere, wanted: adopted.desired, storeFails: health.fails })
  const fleet = (): ObservedState => present(health.fails || clock.now() <= fleetAliveUntil)

  function observe({ isCommanded }: Pick<StateChange, 'isCommanded'> = NOT_COMMANDED): ObservedState {
    const to = isOpen && role === 'observer' ? fleet() : present(isOpen)
    uptime.observe(to)
    if (to !== last) {
      const from = last
      last = to
      onChange({ from, to, isCommanded })
    }
    return to
  }

  return {
    get observed() {
      return observe()
    },
    get told() {
      return isOpen ? observe() : fleet()
    },
    get desired() {
      return adopted.desired
    },
    get control() {
      return adopted.control
    },
    get isOpen() {
      return isOpen
    },
    get reasons() {
      const ours = reasonsOf({ isOpen, storeFails: health.fails, isSkewed: isSkewed() })
      return [...ours, ...configuration.reasons, ...reasonsOfRuntime()]
    },
    get uptime() {
      observe()
      return uptime.read()
    },
    opened() {
      isOpen = true
      observe()
    },
    closed() {
      isOpen = false
      observe()
    },
    sawFleet(aliveUntil) {
      fleetAliveUntil = aliveUntil
      observe()
    },
    adopt(next) {
      const wanted = adopted.desired
      if (!adopted.take(next)) return
      configuration.adopt(next)
      observe({ isCommanded: adopted.desired !== wanted })
      adopted.tell()
    },
    onControl: adopted.onControl,
    get writesFail() {
      return health.writesFail
    },
    storeAnswered(unit) {
      health.answered(unit)
      observe()
    },
    storeFailed(unit) {
      health.failed(unit)
      observe()
    },
  }
}

const NOT_COMMANDED = { isCommanded: false } as const

interface Presence {
  readonly isThere: boolean
  readonly wanted: DesiredState
  readonly storeFails: boolean
}

function presentOf({ isThere, wanted, storeFails }: Presence): ObservedState {
  if (!isThere || wanted === 'stopped') return 'stopped'
  return storeFails ? 'error' : wanted
}

interface Problems {
  readonly isOpen: boolean
  readonly storeFails: boolean
  readonly isSkewed: boolean
}

function reasonsOf({ isOpen, storeFails, isSkewed }: Problems): readonly string[] {
  return [
    ...(isOpen ? [] : ['SCHEDULER_NOT_OPEN']),
    ...(storeFails ? ['STORE_UNAVAILABLE'] : []),
    ...(isSkewed ? ['CLOCK_SKEW'] : []),
  ]
}
