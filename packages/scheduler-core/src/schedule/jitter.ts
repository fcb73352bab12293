import type { EpochMs } from '../clock.ts'

export interface JitterInput {
  readonly scheduler: string
  readonly job: string
  /** The nominal due time. It stays the run's identity: jitter only delays the start. */
  readonly scheduledFor: EpochMs
  /** The longest delay. */
  readonly maxMs: number
}

/**
 * A delay of 0 to `maxMs` whole milliseconds that spreads many jobs with the same due time. It is evenly distributed
 * over jobs and due times, and the same on every instance and after every restart.
 */
export function jitterFor({ scheduler, job, scheduledFor, maxMs }: JitterInput): number {
  return Math.floor((hash(JSON.stringify([scheduler, job, scheduledFor])) / 2 ** 32) * (Math.floor(maxMs) + 1))
}

/**
 * 32 bits: FNV-1a over UTF-16 units, then MurmurHash3's final mix, because FNV-1a alone gives similar texts similar
 * hashes.
 */
function hash(text: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
