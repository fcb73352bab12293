import type { EpochMs } from '../clock.ts'
import { isRecord } from './config.ts'

/** Who gave a command, and why, as the control log shows to operators. */
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

/** The pause of one job; undefined when the job has none, or the stored one is invalid. */
export function pauseIn({ pausedJobs }: Stored, job: string): Pause | undefined {
  const stored: unknown = pausedJobs
  const pause = isRecord(stored) && Object.hasOwn(stored, job) ? stored[job] : undefined
  return isPause(pause) ? pause : undefined
}

/** Whether any job may have a pause; a stored one may be invalid. */
export function hasPauses({ pausedJobs }: Stored): boolean {
  const stored: unknown = pausedJobs
  return isRecord(stored) && Object.keys(stored).length > 0
}

/** The valid pauses, by job. */
export function pausesIn({ pausedJobs }: Stored): Readonly<Record<string, Pause>> {
  const stored: unknown = pausedJobs
  return isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter(isPauseOfJob)) : {}
}

/** The paths of stored pauses that are invalid; empty when all are valid. */
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

/** Whether ISO 8601 can express the instant. */
function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15
}
