import type { EpochMs } from '../../clock.ts'
import type { ControlState, LogEntry } from '../../control/control.ts'
import type { InstanceId, ReceiptId } from '../../ids.ts'
import type { DefinitionSpan, InstanceLife, JobHolding, RenamedJob } from '../../ports/definitions.ts'
import type { CursorWall } from '../../ports/locked-jobs.ts'
import type { CommandReceipt } from '../../ports/receipt.ts'
import {
  CALL_FACTS,
  type CallCounter,
  type CallMeasure,
  RUN_FACTS,
  type RunCounter,
  type RunMeasure,
} from '../../run/counters.ts'
import type { SettledRunState } from '../../run/states.ts'
import type { Unmet } from '../../run/unmet.ts'
import { Ledger, type RunRow } from './ledger.ts'
import type { Addition } from './sums.ts'
import { Tallies } from './tallies.ts'

/** The data of one scheduler. */
export class SchedulerData {
  readonly name: string
  readonly since: EpochMs
  control: ControlState
  /** Oldest first. */
  readonly log: LogEntry[] = []
  readonly receipts = new Map<ReceiptId, CommandReceipt>()
  readonly jobs = new Map<string, JobData>()
  readonly providers = new Map<string, ProviderData>()
  readonly instances = new Map<InstanceId, InstanceLife>()
  /** The jobs of each instance, by name. The maps are replaced, never changed. */
  readonly holdings = new Map<InstanceId, ReadonlyMap<string, JobHolding>>()
  /** The definitions of each job, in the order in which they began. The lists are replaced, never changed. */
  readonly definitions = new Map<string, readonly VersionedSpan[]>()
  /** The jobs with several names, by the one that they are stored under. */
  readonly renamed = new Map<string, RenamedJob>()
  readonly ledger: Ledger

  constructor(name: string, control: ControlState) {
    this.name = name
    this.since = control.at
    this.control = control
    this.ledger = new Ledger(name)
  }

  /**
   * Packs the ledger and drops settled entries beyond `maxEntries`. Call it only while no reader can ask for an earlier
   * state.
   */
  compact(maxEntries: number): void {
    this.ledger.compact(maxEntries)
  }
}

/** A definition, and the version of the definitions at which it began or ended last. */
export interface VersionedSpan {
  /** Replaced, never changed. */
  readonly span: DefinitionSpan
  readonly version: number
}

/** The data of one job beside its rows. */
export class JobData {
  readonly name: string
  /** The cursor at the job's registration, or the earliest one that it went back to. */
  since: EpochMs
  cursor: EpochMs
  /** What the cursor is in local time, by the process that set it. */
  wall: CursorWall | null = null
  /** In the order of their claims; rarely more than a few. The list is replaced, never changed. */
  running: readonly RunRow[] = NONE
  #tallies = NOTHING_COUNTED
  latestOutcomes: LatestOutcomes = NO_OUTCOMES

  constructor(name: string, cursor: EpochMs) {
    this.name = name
    this.since = cursor
    this.cursor = cursor
  }

  get tallies(): Omit<RunTallies, 'add'> {
    return this.#tallies
  }

  /** Adds an entry's addition at an instant. The returned function undoes it. */
  count(at: EpochMs, addition: Addition): () => void {
    if (this.#tallies === NOTHING_COUNTED) this.#tallies = new Tallies(RUN_FACTS)
    return this.#tallies.add(at, addition)
  }
}

type RunTallies = Tallies<RunCounter, RunMeasure>

/** Shared by the jobs that have not run yet, to save memory. It stays empty. */
const NOTHING_COUNTED: RunTallies = new Tallies(RUN_FACTS)

/** The facts about a job's latest outcomes that no sum contains. */
export interface LatestOutcomes {
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  readonly lastOutcome: SettledRunState | null
  readonly lastErrorCode: string | null
  readonly consecutiveFailures: number
  /** As in the measures of a job. */
  readonly unmet: Unmet | null
}

const NONE: readonly RunRow[] = Object.freeze([])

const NO_OUTCOMES: LatestOutcomes = Object.freeze({
  lastRunAt: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastOutcome: null,
  lastErrorCode: null,
  consecutiveFailures: 0,
  unmet: null,
})

/** The data of one provider. */
export class ProviderData {
  readonly tallies = new Tallies<CallCounter, CallMeasure>(CALL_FACTS)
  lastSuccessAt: EpochMs | null = null
}
