import { nodeCrypto } from './builtin.ts'
import type { EpochMs } from './clock.ts'

declare const brand: unique symbol

/**
 * Identity of one row of the ledger: a UUID, derived for scheduled runs and random for manual ones. Its first 48 bits are
 * a time in milliseconds, so that ids sort by time. A b-tree of them grows at its end, which makes an index entry cheap.
 */
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
 * The id of a due time's run. Every instance computes the same id, so when several insert the same occurrence, one row
 * remains. It is a UUIDv8 (RFC 9562 section 5.8): 48 bits of `scheduledFor`, the rest of a hash of the scheduler, the job
 * and the attempt. So the ids of one job's first runs differ in their time alone.
 */
export function occurrenceId({ scheduler, job, scheduledFor, attempt = 1 }: OccurrenceKey): RunId {
  return dueId(scheduledFor, [scheduler, job, attempt])
}

/** The id of a due time's backfill. Every request for it computes the same id, so a due time is backfilled once. */
export function backfillId({ scheduler, job, scheduledFor }: OccurrenceKey): RunId {
  return dueId(scheduledFor, [scheduler, job, 'backfill'])
}

const MOST_TAILS = 200_000

/** The ids of the first runs of due times, where many are made: the hash of each job is computed once. */
export class OccurrenceIds {
  readonly #scheduler: string
  readonly #tails = new Map<string, string>()
  #time: EpochMs = Number.NaN
  #head = ''

  constructor(scheduler: string) {
    this.#scheduler = scheduler
  }

  /** `occurrenceId` of the job's first run of this due time. */
  of(job: string, scheduledFor: EpochMs): RunId {
    if (!fits(scheduledFor)) return occurrenceId({ scheduler: this.#scheduler, job, scheduledFor })
    if (this.#time !== scheduledFor) {
      this.#time = scheduledFor
      this.#head = headOf(scheduledFor)
    }
    let tail = this.#tails.get(job)
    if (tail === undefined) {
      tail = tailOf([this.#scheduler, job, 1])
      // Jobs come and go: those that are still there are computed again.
      if (this.#tails.size >= MOST_TAILS) this.#tails.clear()
      this.#tails.set(job, tail)
    }
    return (this.#head + tail) as RunId
  }
}

/** The same for the same key of the same principal, on every instance. */
export function receiptId(of: { readonly scheduler: string; readonly by: string; readonly key: string }): ReceiptId {
  return uuidV5(JSON.stringify(['receipt', of.scheduler, of.by, of.key])) as ReceiptId
}

/**
 * A digest of a value's JSON with the form of a UUID (version 8). Equal JSON has equal fingerprints; different JSON
 * practically never has.
 */
export function fingerprintOf(value: unknown): string {
  return uuidOf(nodeCrypto().hash('sha1', JSON.stringify(['fingerprint', value]), 'hex'), '8')
}

/**
 * A random id, for manual runs: a UUIDv7 (RFC 9562 section 5.7). Its time is the system's and not the scheduler's clock,
 * because nothing but the order of ids depends on it.
 */
export function randomRunId(): RunId {
  const time = timeHex(Date.now())
  const random = nodeCrypto().randomUUID()
  const parts = [time.slice(0, 8), time.slice(8), `7${random.slice(15, 18)}`, random.slice(19, 23), random.slice(24)]
  return parts.join('-') as RunId
}

export function randomInstanceId(): InstanceId {
  return nodeCrypto().randomUUID() as InstanceId
}

/**
 * The first part of the ids of the snapshots that one scheduler object takes: 64 random bits in hexadecimal digits. A time
 * would be the same for two processes that start in the same millisecond, and then their ETags would be too.
 */
export function randomEpoch(): string {
  return nodeCrypto().randomBytes(8).toString('hex')
}

/** Text from outside as a run id; `null` when it is no UUID. */
export function parseRunId(text: string): RunId | null {
  return UUID.test(text) ? (text.toLowerCase() as RunId) : null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The UUIDv5 namespace of all our ids. It must never change: other ids would let old due times run again. */
const NAMESPACE = Buffer.from('6f1d1b7e5f0b4c5a9a3e0c8d7b2f4e61', 'hex')

function uuidV5(name: string): string {
  return uuidOf(sha1(name), '5')
}

function uuidOf(hex: string, version: string): string {
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    version + hex.slice(13, 16),
    variant(hex.slice(16, 17)) + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  // `join` makes one flat string. A template literal would keep its pieces in memory, and ledgers hold many ids.
  return parts.join('-')
}

function dueId(scheduledFor: EpochMs, key: readonly unknown[]): RunId {
  // An instant that the first bits cannot tell has to be in the hash.
  return (headOf(scheduledFor) + tailOf(fits(scheduledFor) ? key : [...key, scheduledFor])) as RunId
}

/** The digits of the first 48 bits, with the hyphen between them. */
function headOf(at: EpochMs): string {
  const time = timeHex(at)
  return `${time.slice(0, 8)}-${time.slice(8)}`
}

/** The rest of a UUIDv8. */
function tailOf(key: readonly unknown[]): string {
  const hex = sha1(JSON.stringify(key))
  // `join` makes one flat string. A template literal would keep its pieces in memory.
  return ['', `8${hex.slice(0, 3)}`, variant(hex.slice(3, 4)) + hex.slice(4, 7), hex.slice(7, 19)].join('-')
}

function sha1(name: string): string {
  const bytes = Buffer.allocUnsafe(NAMESPACE.length + Buffer.byteLength(name))
  NAMESPACE.copy(bytes)
  bytes.write(name, NAMESPACE.length)
  // The one-shot `hash` takes half the time of a `Hash` object.
  return nodeCrypto().hash('sha1', bytes, 'hex')
}

/** The digit with the variant's two bits in place of its first two. */
function variant(digit: string): string {
  return ((Number.parseInt(digit, 16) & 0x3) | 0x8).toString(16)
}

/** Whether the first 48 bits of an id can tell this instant. */
function fits(at: EpochMs): boolean {
  return at >= 0 && at <= LATEST && Number.isInteger(at)
}

/** The first 48 bits of an id. Instants before 1970 and after the year 10889 do not fit, and get the nearest that does. */
function timeHex(at: EpochMs): string {
  return Math.min(Math.max(Math.trunc(at), 0), LATEST)
    .toString(16)
    .padStart(12, '0')
}

const LATEST = 2 ** 48 - 1
