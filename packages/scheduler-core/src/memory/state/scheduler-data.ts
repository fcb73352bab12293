import type { EpochMs } from '../../clock.ts'
import type { ControlState, LogEntry } from '../../control/control.ts'
import type { InstanceId, ReceiptId } from '../../ids.ts'
import type { DefinitionSpan, InstanceLife, InstanceLoad, JobHolding, RenamedJob } from '../../ports/definitions.ts'
import type { CommandReceipt } from '../../ports/receipt.ts'
import { CALL_FACTS, type CallCounter, type CallMeasure } from '../../run/counters.ts'
import { BucketLimit } from './bucket-limit.ts'
import type { JobData } from './job-data.ts'
import { Ledger } from './ledger.ts'
import { Tallies } from './tallies.ts'
import { Totals } from './totals.ts'

/** The data of one scheduler. */
export class SchedulerData {
  readonly name: string
  readonly since: EpochMs
  control: ControlState
  /** Oldest first. */
  readonly log: LogEntry[] = []
  readonly receipts = new Map<ReceiptId, CommandReceipt>()
  readonly jobs = new Map<string, JobData>()
  /** What all jobs have together. */
  readonly totals = new Totals()
  readonly providers = new Map<string, ProviderData>()
  readonly instances = new Map<InstanceId, InstanceLife>()
  /** What each instance told with its heartbeats of what it can take on. */
  readonly loads = new Map<InstanceId, InstanceLoad>()
  /** The jobs of each instance, by name. The maps are replaced, never changed. */
  readonly holdings = new Map<InstanceId, ReadonlyMap<string, JobHolding>>()
  /** The definitions of each job, in the order in which they began. The lists are replaced, never changed. */
  readonly definitions = new Map<string, readonly VersionedSpan[]>()
  /** The jobs with several names, by the one that they are stored under. */
  readonly renamed = new Map<string, RenamedJob>()
  readonly ledger: Ledger
  readonly buckets = new BucketLimit()
  /** The longest window that was asked for. */
  longestWindowMs = USUAL_WINDOW_MS
  #locks = 0

  constructor(name: string, control: ControlState) {
    this.name = name
    this.since = control.at
    this.control = control
    this.ledger = new Ledger(name)
  }

  /** The number of one more call of `lockJobs`. */
  nextLock(): number {
    this.#locks++
    return this.#locks
  }

  /**
   * Packs the ledger, and drops settled entries and buckets beyond the limits. Call it only while no reader can ask for an
   * earlier state.
   */
  compact({ maxEntries, maxBucketBytes }: MemoryLimits): void {
    const { ledger, longestWindowMs } = this
    ledger.compact(maxEntries)
    this.buckets.keep(ledger.lastSettledAt, this.#counted, { maxBytes: maxBucketBytes, longestWindowMs })
  }

  readonly #counted = () => [
    ...Array.from(this.jobs.values(), ({ tallies }) => tallies),
    ...Array.from(this.providers.values(), ({ tallies }) => tallies),
    ...this.totals.own,
  ]
}

/** How much a scheduler may keep. */
export interface MemoryLimits {
  readonly maxEntries: number
  readonly maxBucketBytes: number
}

/** A day, as the window that most schedulers measure. */
const USUAL_WINDOW_MS = 86_400_000

/** A definition, and the version of the definitions at which it began or ended last. */
export interface VersionedSpan {
  /** Replaced, never changed. */
  readonly span: DefinitionSpan
  readonly version: number
}

/** The data of one provider. */
export class ProviderData {
  readonly tallies = new Tallies<CallCounter, CallMeasure>(CALL_FACTS)
  lastSuccessAt: EpochMs | null = null
}
