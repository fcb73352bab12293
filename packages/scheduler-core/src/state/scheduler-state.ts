import type { Clock } from '../clock.ts'
import type { ControlState, DesiredState } from '../control/control.ts'
import { effectiveDesired } from '../plan/inactive.ts'
import type { ObservedState, UptimeReading } from '../reading/snapshot.ts'
import { createUptime } from './uptime.ts'

/**
 * The desired state, the observed state and the health of one instance:
 *
 *     desired    the state that the control state in the store asks for
 *     observed   `stopped` until open, `error` while the store fails, otherwise the desired state. Any success ends
 *                the error after a failed read; only a write ends it after a failed write, because a full disk still
 *                answers reads.
 *     reasons    machine codes of the instance's problems
 */
export interface SchedulerState {
  readonly observed: ObservedState
  readonly desired: DesiredState
  readonly control: ControlState | null
  readonly isOpen: boolean
  readonly reasons: readonly string[]
  readonly uptime: UptimeReading
  opened(): void
  closed(): void
  /** Takes over a control state, unless a newer one is known already. */
  adopt(control: ControlState): void
  /** Whether the store refused a write and has taken none since. */
  readonly writesFail: boolean
  storeAnswered(unit: { readonly wrote: boolean }): void
  storeFailed(unit: { readonly readOnly: boolean }): void
}

export interface SchedulerStateOptions {
  readonly clock: Clock
  /** Whether this host's clock differs so much from the store's that an operator should look at it. */
  readonly isSkewed: () => boolean
  /** Gets every control state that is taken over, before anything else reads it. */
  readonly configuration: { adopt(control: ControlState): void; readonly reasons: readonly string[] }
  /** Machine codes of the problems of the open runtime; empty while the scheduler is not open. */
  readonly reasonsOfRuntime: () => readonly string[]
  readonly onChange: (change: { readonly from: ObservedState; readonly to: ObservedState }) => void
}

export function createSchedulerState({
  clock,
  configuration,
  isSkewed,
  reasonsOfRuntime,
  onChange,
}: SchedulerStateOptions): SchedulerState {
  let isOpen = false
  let readsFail = false
  let writesFail = false
  let control: ControlState | null = null
  let last: ObservedState = 'stopped'
  const uptime = createUptime(clock)

  const desired = (): DesiredState => (control ? effectiveDesired(control, clock.now()) : 'running')

  const storeFails = (): boolean => readsFail || writesFail

  function observe(): ObservedState {
    const wanted = desired()
    const to = !isOpen || wanted === 'stopped' ? 'stopped' : storeFails() ? 'error' : wanted
    uptime.observe(to)
    if (to !== last) {
      const from = last
      last = to
      onChange({ from, to })
    }
    return to
  }

  return {
    get observed() {
      return observe()
    },
    get desired() {
      return desired()
    },
    get control() {
      return control
    },
    get isOpen() {
      return isOpen
    },
    get reasons() {
      const ours = [...(storeFails() ? ['STORE_UNAVAILABLE'] : []), ...(isSkewed() ? ['CLOCK_SKEW'] : [])]
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
    adopt(next) {
      if (control && control.version > next.version) return
      control = next
      configuration.adopt(next)
      observe()
    },
    get writesFail() {
      return writesFail
    },
    storeAnswered({ wrote }) {
      readsFail = false
      if (wrote) writesFail = false
      observe()
    },
    storeFailed({ readOnly }) {
      if (readOnly) readsFail = true
      else writesFail = true
      observe()
    },
  }
}
