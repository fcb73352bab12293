import { type Clock, type EpochMs, sleep } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import { hasPauses, pausesIn } from '../../control/pauses.ts'
import { effectiveDesired, mayStart } from '../../plan/inactive.ts'
import type { Places } from '../run/adopter.ts'
import { freePlaces } from '../run/free-places.ts'
import type { InstanceContext } from '../run/instance-context.ts'

/** How many more runs a worker may begin, and of which jobs. */
export interface WorkPlaces extends Places {
  /** As many as are free, and 0 while nothing may start here. */
  readonly room: number
  /** The jobs whose runs may start here now. */
  startable(control: ControlState): readonly string[]
  /** Resolves when there is room, or the signal aborts. */
  whenRoom(signal: AbortSignal): Promise<void>
  /** Something has changed that may make room. */
  look(): void
  /** There is no room any more. */
  close(): void
}

export function createWorkPlaces<S extends object>(
  context: Pick<InstanceContext<S>, 'configuration' | 'jobs' | 'active' | 'abandoned' | 'state' | 'clock'>,
): WorkPlaces {
  const { configuration, jobs, state, clock } = context
  let reserved = 0
  let waiting: (() => void)[] = []
  let all: { readonly revision: number; readonly names: readonly string[] } | null = null
  let isClosed = false

  /** Made anew when the jobs have changed. */
  function allJobs(): readonly string[] {
    if (all?.revision !== configuration.revision) all = { revision: configuration.revision, names: [...jobs.keys()] }
    return all.names
  }

  function startable(control: ControlState): readonly string[] {
    const now = clock.now()
    if (isClosed || effectiveDesired(control, now) !== 'running') return []
    return hasPauses(control) ? allJobs().filter((job) => mayStart(control, job, now)) : allJobs()
  }

  function maySome(control: ControlState): boolean {
    const now = clock.now()
    for (const job of jobs.keys()) if (mayStart(control, job, now)) return true
    return false
  }

  function free(): number {
    return isClosed ? 0 : Math.max(0, freePlaces(context) - reserved)
  }

  function room(): number {
    const { control } = state
    return control === null || !maySome(control) ? 0 : free()
  }

  function look(): void {
    if (waiting.length === 0 || room() === 0) return
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }

  return {
    get free() {
      return free()
    },
    get room() {
      return room()
    },
    startable,
    reserve(places) {
      reserved += places
      return () => {
        reserved -= places
        look()
      }
    },
    async whenRoom(signal) {
      while (!signal.aborted && room() === 0) {
        const woken = new AbortController()
        waiting.push(() => woken.abort())
        await sleepUntil(clock, endOfPauses(state.control, clock.now()), AbortSignal.any([signal, woken.signal]))
      }
    },
    look,
    close() {
      isClosed = true
    },
  }
}

function sleepUntil(clock: Clock, at: EpochMs, signal: AbortSignal): Promise<void> {
  return sleep(clock, Math.max(0, at - clock.now()), signal)
}

/** When the first pause ends by itself; `Infinity` when none does. */
function endOfPauses(control: ControlState | null, now: EpochMs): EpochMs {
  if (control === null) return Infinity
  const ends = [control.pausedUntil, ...Object.values(pausesIn(control)).map(({ until }) => until)]
  const ahead = ends.filter((end) => end !== null).filter((end) => end > now)
  return Math.min(Infinity, ...ahead)
}
