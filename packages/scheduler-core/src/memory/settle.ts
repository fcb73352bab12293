import type { SettleInput, SettleResult } from '../ports/store.ts'
import type { Settlement } from '../run/ledger-entry.ts'
import { mayBecome } from '../run/states.ts'
import { AddCalls } from './changes/add-calls.ts'
import { SetKey } from './changes/set-key.ts'
import { SettleRuns } from './changes/settle-runs.ts'
import { isSettledAs } from './is-settled-as.ts'
import { jobIn, type MemoryDatabase } from './state/memory-database.ts'
import { isUnderWay, type Row } from './state/row.ts'
import { ProviderData, type SchedulerData } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function settle(database: MemoryDatabase, { scheduler, settlements }: SettleInput): readonly SettleResult[] {
  const data = database.scheduler(scheduler)
  const settling = { data, undoLog: database.undoLog, runs: new SettleRuns(data, settlements) }
  settling.undoLog.apply(settling.runs)
  const results = settlements.map((settlement, place) => settleOne(settling, settlement, place))
  settling.runs.end()
  return results
}

interface Settling {
  readonly data: SchedulerData
  readonly undoLog: UndoLog
  readonly runs: SettleRuns
}

function settleOne({ data, undoLog, runs }: Settling, settlement: Settlement, place: number): SettleResult {
  const row = data.ledger.find(settlement.runId)
  if (!isUnderWay(row)) return wasSettledAs(row, settlement) ? 'already_settled' : 'fenced'
  if (row.facts.fence !== settlement.fence) return 'fenced'
  if (!mayBecome(row.isQueued ? 'queued' : 'running', settlement.state)) return 'fenced'
  runs.add(place, row, jobIn(data, row.job))
  if (settlement.calls.length > 0) addCalls(data, undoLog, settlement)
  return 'settled'
}

function addCalls(data: SchedulerData, undoLog: UndoLog, { calls, settledAt }: Settlement): void {
  for (const { provider, tally } of calls) {
    undoLog.apply(new AddCalls(providerIn(data, undoLog, provider), tally, settledAt))
  }
}

function wasSettledAs(row: Row | undefined, settlement: Settlement): boolean {
  return row?.entry.kind === 'run' && isSettledAs(row.entry, settlement)
}

function providerIn({ providers }: SchedulerData, undoLog: UndoLog, name: string): ProviderData {
  const known = providers.get(name)
  if (known !== undefined) return known
  const provider = new ProviderData()
  undoLog.apply(new SetKey(providers, name, provider))
  return provider
}
