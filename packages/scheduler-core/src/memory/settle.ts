import type { SettleInput, SettleResult } from '../ports/store.ts'
import type { Settlement } from '../run/ledger-entry.ts'
import { AddCalls } from './changes/add-calls.ts'
import { SetKey } from './changes/set-key.ts'
import { SettleRun } from './changes/settle-run.ts'
import { isSettledAs } from './is-settled-as.ts'
import { isRunning, type Row } from './state/ledger.ts'
import { jobIn, type MemoryDatabase } from './state/memory-database.ts'
import { ProviderData, type SchedulerData } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function settle(database: MemoryDatabase, { scheduler, settlements }: SettleInput): readonly SettleResult[] {
  const data = database.scheduler(scheduler)
  return settlements.map((settlement) => settleOne(data, database.undoLog, settlement))
}

function settleOne(data: SchedulerData, undoLog: UndoLog, settlement: Settlement): SettleResult {
  const { ledger } = data
  const row = ledger.find(settlement.runId)
  if (!isRunning(row)) return wasSettledAs(row, settlement) ? 'already_settled' : 'fenced'
  if (row.entry.fence !== settlement.fence) return 'fenced'
  undoLog.apply(new SettleRun({ ledger, job: jobIn(data, row.entry.job), row }, settlement))
  for (const { provider, tally } of settlement.calls) {
    undoLog.apply(new AddCalls(providerIn(data, undoLog, provider), tally, settlement.settledAt))
  }
  return 'settled'
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
