// As a whole: a Node without `hash` must load this far, so that it can be told what it lacks.
import crypto from 'node:crypto'

import type { EpochMs } from './clock.ts'

declare const brand: unique symbol

/** Identity of one row of the ledger: a UUID, derived for scheduled runs and random for manual ones. */
export type RunId = string & { readonly [brand]: 'RunId' }

/** Identity of one scheduler instance: new at every `open`, since what the one before it left is no longer its own. */
export type InstanceId = string & { readonly [brand]: 'InstanceId' }

/** Identity of what is kept of a command that came with an idempotency key: a UUID derived from whose key it is. */
export type ReceiptId = string & { readonly [brand]: 'ReceiptId' }

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

/** The id of a due time's backfill: the same whoever asks and however often, so that one run of it remains. */
export function backfillId({ scheduler, job, scheduledFor }: OccurrenceKey): RunId {
  return uuidV5(JSON.stringify([scheduler, job, scheduledFor, 'backfill'])) as RunId
}

/** The same for the same key of the same principal, on every instance. */
export function receiptId(of: { readonly scheduler: string; readonly by: string; readonly key: string }): ReceiptId {
  return uuidV5(JSON.stringify(['receipt', of.scheduler, of.by, of.key])) as ReceiptId
}

/** A short text that is the same for equal JSON, and for no other that anybody will ever meet. */
export function fingerprintOf(value: unknown): string {
  return uuidV5(JSON.stringify(['fingerprint', value]))
}

/** A random id, for runs that no due time asked for. */
export function randomRunId(): RunId {
  return crypto.randomUUID() as RunId
}

export function randomInstanceId(): InstanceId {
  return crypto.randomUUID() as InstanceId
}

/** Text that somebody else handed us, taken for a run id. What is not a UUID names no run. */
export function parseRunId(text: string): RunId | null {
  return UUID.test(text) ? (text.toLowerCase() as RunId) : null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The namespace of our names, drawn once and fixed for ever: changing it would run old due times again. */
const NAMESPACE = Buffer.from('6f1d1b7e5f0b4c5a9a3e0c8d7b2f4e61', 'hex')

function uuidV5(name: string): string {
  const bytes = Buffer.allocUnsafe(NAMESPACE.length + Buffer.byteLength(name))
  NAMESPACE.copy(bytes)
  bytes.write(name, NAMESPACE.length)
  // At once and as text: half of what a `Hash` object and its bytes cost, and every claim needs one.
  const hex = crypto.hash('sha1', bytes, 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  // Joined into one flat string: a template would keep a tree of pieces alive, and ledgers hold many ids.
  return parts.join('-')
}
