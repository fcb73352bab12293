import type { Clock } from '../clock.ts'
import type { ControlState, DesiredState } from '../control/control.ts'
import { effectiveDesired } from '../plan/inactive.ts'

/** The newest control state that this instance knows. */
export interface AdoptedControl {
  /** `null` before any is known. */
  readonly control: ControlState | null
  /** What it asks for now; `running` before any is known. */
  readonly desired: DesiredState
  /** Answers whether it was taken over: a newer one may be known already. */
  take(control: ControlState): boolean
  /** Calls the listeners. */
  tell(): void
  /** Answers how to stop being told. */
  onControl(listener: () => void): () => void
}

export function createAdoptedControl(clock: Clock): AdoptedControl {
  let control: ControlState | null = null
  const listeners = new Set<() => void>()

  return {
    get control() {
      return control
    },
    get desired() {
      return control ? effectiveDesired(control, clock.now()) : 'running'
    },
    take(next) {
      if (control && control.version > next.version) return false
      control = next
      return true
    },
    tell() {
      for (const listener of [...listeners]) listener()
    },
    onControl(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
