import { isRecord, partOf } from '../control/config.ts'
import type { ControlState } from '../control/control.ts'
import { invalidPauses } from '../control/pauses.ts'
import { readConcurrency, readSwitchedOff } from '../control/read-config.ts'

/** The settings made at run time that are of no job. */
export interface StoredSettings {
  /** The whole configuration, those of jobs included. */
  readonly config: unknown
  /** `null` when none is set. */
  readonly concurrency: number | null
  readonly switchedOff: ReadonlySet<string>
  /** The paths of those that cannot be. */
  readonly corrupt: readonly string[]
  /** Takes over those of a control state. Answers false when they are as before: most commands change none. */
  adopt(control: ControlState): boolean
}

export function createStoredSettings(): StoredSettings {
  let known = ''
  let config: unknown = {}
  let read: ReturnType<typeof readSettings> = { concurrency: null, switchedOff: new Set(), corrupt: [] }
  return {
    get config() {
      return config
    },
    get concurrency() {
      return read.concurrency
    },
    get switchedOff() {
      return read.switchedOff
    },
    get corrupt() {
      return read.corrupt
    },
    adopt(control) {
      const text = JSON.stringify([control.config, control.pausedJobs])
      if (text === known) return false
      known = text
      config = control.config
      read = readSettings(control)
      return true
    },
  }
}

function readSettings(control: ControlState): Pick<StoredSettings, 'concurrency' | 'switchedOff' | 'corrupt'> {
  const { config } = control
  const limit = readConcurrency(config)
  const off = readSwitchedOff(config)
  const corrupt = [
    ...(isRecord(config) ? [] : ['everything']),
    ...(isRecord(partOf(config, 'jobs') ?? {}) ? [] : ['jobs']),
    ...invalidPauses(control),
    ...limit.corrupt,
    ...off.corrupt,
  ]
  return { concurrency: limit.value ?? null, switchedOff: off.value, corrupt }
}
