import { createHash, randomUUID } from 'node:crypto'

import type { EpochMs } from './clock.ts'

declare const brand: unique symbol

/** Identity of one row of the ledger: a UUID, derived for scheduled runs and random for manual ones. */
export type RunId = string & { readonly [brand]: 'RunId' }

/** Identity of one scheduler instance: new at every `createScheduler`. */
export type InstanceId = string & { readonly [brand]: 'InstanceId' }

export interface OccurrenceKey {
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs
  /** 1 for the run of the due time itself; a rerun after a crash carries the next attempt. */
  readonly attempt?: number
}

/**
 * The id of a due time's run: the same on every instance that computes it, which is what lets any number of
 * them insert the same occurrence and leave one row (UUIDv5, RFC 9562 section 5.5).
 */
export function occurrenceId({ scheduler, job, scheduledFor, attempt = 1 }: OccurrenceKey): RunId {
  return uuidV5(JSON.stringify([scheduler, job, scheduledFor, attempt])) as RunId
}

/** A random id, for runs that no due time asked for. */
export function randomRunId(): RunId {
  return randomUUID() as RunId
}

export function randomInstanceId(): InstanceId {
  return randomUUID() as InstanceId
}

/** Text that somebody else handed us, taken for a run id. What is not a UUID names no run. */
export function parseRunId(text: string): RunId | null {
  return UUID.test(text) ? (text.toLowerCase() as RunId) : null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The namespace of our names, drawn once and fixed for ever: changing it would run old due times again. */
const NAMESPACE = Buffer.from('6f1d1b7e5f0b4c5a9a3e0c8d7b2f4e61', 'hex')

function uuidV5(name: string): string {
  const digest = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = digest.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A number in [0, 1), for jitter. */
export function random(): number {
  return Math.random()
}
