import type { EpochMs } from '../clock.ts'
import { isRecord } from './config.ts'

/** Who asked for something, and why. Both are kept in the control log and shown to operators. */
export interface CommandActor {
  readonly by: string
  readonly why: string | null
}

export interface Pause extends CommandActor {
  readonly at: EpochMs
  readonly until: EpochMs | null
}

interface Stored {
  readonly pausedJobs: Readonly<Record<string, Pause>>
}

/** The pause of one job, unless what is stored there is none. */
export function pauseIn({ pausedJobs }: Stored, job: string): Pause | undefined {
  const stored: unknown = pausedJobs
  const pause = isRecord(stored) && Object.hasOwn(stored, job) ? stored[job] : undefined
  return isPause(pause) ? pause : undefined
}

/** The pauses that are any, by job. */
export function pausesIn({ pausedJobs }: Stored): Readonly<Record<string, Pause>> {
  const stored: unknown = pausedJobs
  return isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter(isPauseOfJob)) : {}
}

/** Where what is stored cannot be, as paths; empty when nothing is wrong. */
export function invalidPauses({ pausedJobs }: Stored): readonly string[] {
  const stored: unknown = pausedJobs
  if (!isRecord(stored)) return ['pausedJobs']
  return Object.entries(stored).flatMap(([job, pause]) => (isPause(pause) ? [] : [`pausedJobs.${job}`]))
}

function isPauseOfJob(entry: [string, unknown]): entry is [string, Pause] {
  return isPause(entry[1])
}

function isPause(value: unknown): value is Pause {
  if (!isRecord(value)) return false
  const { at, until, by, why } = value
  const isText = typeof by === 'string' && (why === null || typeof why === 'string')
  return isText && isInstant(at) && (until === null || isInstant(until))
}

/** Any that ISO 8601 can say. */
function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15
}
