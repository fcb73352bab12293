import type { Run } from '@pm/scheduler-core'
import type { HandOverInput, TakenOver, TakeOverInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { type Row, textOrNull } from '../query.ts'
import { handOverAgain } from '../sql/hand-over-again.ts'
import type { Names } from '../sql/names.ts'
import { takeOverRuns } from '../sql/take-over-runs.ts'
import { runId, toRun } from './ledger-rows.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

export function createTakeOver(names: Names) {
  const begin = statement('takeOver', takeOverRuns(names))

  return async (session: EntityManager, input: TakeOverInput): Promise<TakenOver> => {
    const { scheduler, jobs, owner, now, leaseUntil } = input
    const ids = [...new Set(input.ids)]
    if (ids.length === 0) return { runs: [], left: [] }
    const rows = await begin(session, scheduler, ids, jobs, owner, now, leaseUntil)
    const runs = new Map<string, Run>(salvage(rows.filter(isTaken), toRun).read.map((run) => [run.id, run]))
    const left = new Set<string>(rows.filter((row) => !isTaken(row)).map((row) => runId(row, 'brought')))
    return { runs: ids.flatMap((id) => runs.get(id) ?? []), left: ids.filter((id) => left.has(id)) }
  }
}

export function createHandOverAgain(names: Names) {
  const find = statement('handOverAgain', handOverAgain(names))

  return async (session: EntityManager, input: HandOverInput): Promise<readonly Run[]> => {
    const { scheduler, now, limit, jobs, leaseUntil } = input
    return salvage(await find(session, scheduler, now, limit, jobs, leaseUntil), toRun).read
  }
}

function isTaken(row: Row): boolean {
  return textOrNull(row, 'id') !== null
}
