import type { Clock } from '../clock.ts'
import type { ObservedState, UptimeReading } from '../reading/snapshot.ts'

/** Adds up the time in each observed state. */
export interface Uptime {
  observe(state: ObservedState): void
  read(): UptimeReading
}

export function createUptime(clock: Clock): Uptime {
  let upSince: number | null = null
  let state: ObservedState = 'stopped'
  let parts: Omit<UptimeReading, 'uptimeMs'> = NOTHING

  const elapsedMs = () => (upSince === null ? 0 : clock.monotonic() - upSince)

  /** Adds the seconds completed since the last call to the state of that time. */
  function settle(): void {
    const part = PART_OF[state]
    if (part === null) return
    const told = parts.activeMs + parts.pausedMs + parts.erroredMs
    const wholeMs = Math.floor(elapsedMs() / 1_000) * 1_000
    parts = { ...parts, [part]: parts[part] + wholeMs - told }
  }

  return {
    observe(next) {
      settle()
      state = next
      if (next !== 'stopped') upSince ??= clock.monotonic()
      else {
        upSince = null
        parts = NOTHING
      }
    },
    read() {
      settle()
      return { uptimeMs: elapsedMs(), ...parts }
    },
  }
}

const NOTHING = { activeMs: 0, pausedMs: 0, erroredMs: 0 }

const PART_OF = { running: 'activeMs', paused: 'pausedMs', error: 'erroredMs', stopped: null } as const
