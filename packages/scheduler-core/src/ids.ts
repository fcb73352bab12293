// The default import: an old Node has no `hash`. A named import would fail there before node-floor.ts can say which
// Node is needed.
import crypto from 'node:crypto'

import type { EpochMs } from './clock.ts'

declare const brand: unique symbol

/** A row of the ledger: a UUID, derived for scheduled runs and random for manual ones. */
export type RunId = string & { readonly [brand]: 'RunId' }

/** A scheduler instance. Every `open` makes a new one: a reopened instance does not own the runs it had before. */
export type InstanceId = string & { readonly [brand]: 'InstanceId' }

/** The receipt of a command with an idempotency key: a UUID of the scheduler, the principal and the key. */
export type ReceiptId = string & { readonly [brand]: 'ReceiptId' }

export interface OccurrenceKey {
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs
  /** 1 for the first run of the due time; a rerun has the next number. */
  readonly attempt?: number
}

/**
 * The id of a due time's run, the same on every instance, so that one row remains when several insert it (UUIDv5, RFC
 * 9562 section 5.5).
 */
export function occurrenceId({ scheduler, job, scheduledFor, attempt = 1 }: OccurrenceKey): RunId {
  return uuidV5(JSON.stringify([scheduler, job, scheduledFor, attempt])) as RunId
}

/** The id of a due time's backfill. Every request for it computes the same id, so a due time is backfilled once. */
export function backfillId({ scheduler, job, scheduledFor }: OccurrenceKey): RunId {
  return uuidV5(JSON.stringify([scheduler, job, scheduledFor, 'backfill'])) as RunId
}

/** The same for the same key of the same principal, on every instance. */
export function receiptId(of: { readonly scheduler: string; readonly by: string; readonly key: string }): ReceiptId {
  return uuidV5(JSON.stringify(['receipt', of.scheduler, of.by, of.key])) as ReceiptId
}

/** A UUIDv5 of a value's JSON. Equal JSON has equal fingerprints; different JSON practically never has. */
export function fingerprintOf(value: unknown): string {
  return uuidV5(JSON.stringify(['fingerprint', value]))
}

/** A random id, for manual runs. */
export function randomRunId(): RunId {
  return crypto.randomUUID() as RunId
}

export function randomInstanceId(): InstanceId {
  return crypto.randomUUID() as InstanceId
}

/** Text from outside as a run id; `null` when it is no UUID. */
export function parseRunId(text: string): RunId | null {
  return UUID.test(text) ? (text.toLowerCase() as RunId) : null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The UUIDv5 namespace of all our ids. It must never change: other ids would let old due times run again. */
const NAMESPACE = Buffer.from('6f1d1b7e5f0b4c5a9a3e0c8d7b2f4e61', 'hex')

function uuidV5(name: string): string {
  const bytes = Buffer.allocUnsafe(NAMESPACE.length + Buffer.byteLength(name))
  NAMESPACE.copy(bytes)
  bytes.write(name, NAMESPACE.length)
  // The one-shot `hash` takes half the time of a `Hash` object, and every claim computes one.
  const hex = crypto.hash('sha1', bytes, 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  // `join` makes one flat string. A template literal would keep its pieces in memory, and ledgers hold many ids.
  return parts.join('-')
}
