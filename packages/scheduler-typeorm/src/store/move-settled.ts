import { setTimeout as sleep } from 'node:timers/promises'

import { mayBecome, OPEN_RUN_STATES, type Settlement } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, type Row, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { columnsOf } from '../sql/rowset.ts'
import { selectUnderWay, waitForRuns } from '../sql/select-outcomes.ts'
import { SETTLEMENT_SHAPE, settleRuns } from '../sql/settle-runs.ts'
import { runId } from './ledger-rows.ts'
import { pausesWithin } from './lock-job-rows.ts'
import { SETTLEMENT_CELLS } from './settlement-row.ts'
import { statement } from './statement.ts'

export interface MovedRuns {
  /** Of each run that has settled, what its tally needs. */
  readonly rows: readonly Row[]
  /** The ids of runs whose rows another transaction has locked. */
  readonly locked: ReadonlySet<string>
}

export interface MoveRequest {
  readonly scheduler: string
  readonly settlements: readonly Settlement[]
  /** How long to wait for locked rows; `undefined` waits as long as the session's limits allow. */
  readonly waitMs: number | undefined
}

/**
 * Moves runs from what is under way to what is settled. With `waitMs` it moves those whose rows are free at once and
 * tries the others again until the time is over. Without it, it waits for the rows first.
 */
export function createMoveSettled(names: Names) {
  const wait = statement('settle', waitForRuns(names))
  const move = statement('settle', settleRuns(names))
  const find = statement('settle', selectUnderWay(names))

  return async (session: EntityManager, { scheduler, settlements, waitMs }: MoveRequest): Promise<MovedRuns> => {
    if (waitMs === undefined) await wait(session, idsOf(settlements))
    const rows = [...(await write(settlements))]
    let missing = await stillUnderWay(without(settlements))
    for (const pauseMs of waitMs === undefined ? [] : pausesWithin(waitMs)) {
      if (missing.length === 0) break
      await sleep(pauseMs)
      rows.push(...(await write(missing)))
      // What the other transaction has settled meanwhile is no longer under way, and not locked.
      missing = await stillUnderWay(without(missing))
    }
    return { rows, locked: new Set<string>(idsOf(missing)) }

    function write(some: readonly Settlement[]): Promise<readonly Row[]> {
      return move(session, scheduler, ...columnsOf(SETTLEMENT_SHAPE, SETTLEMENT_CELLS, some))
    }

    function without(some: readonly Settlement[]): readonly Settlement[] {
      const moved = new Set<string>(rows.map((row) => runId(row)))
      return some.filter(({ runId }) => !moved.has(runId))
    }

    async function stillUnderWay(some: readonly Settlement[]): Promise<readonly Settlement[]> {
      if (some.length === 0 || waitMs === undefined) return []
      const found = await find(session, scheduler, idsOf(some))
      const open = new Map<string, Row>(found.map((row) => [runId(row), row]))
      return some.filter((settlement) => {
        const row = open.get(settlement.runId)
        return row !== undefined && mayStillSettle(row, settlement)
      })
    }
  }
}

/** Whether a run under way is the one that was settled, and may end so. */
function mayStillSettle(row: Row, { fence, state }: Settlement): boolean {
  return integer(row, 'fence') === fence && mayBecome(word(row, 'state', OPEN_RUN_STATES), state)
}

function idsOf(settlements: readonly Settlement[]): readonly string[] {
  return settlements.map((settlement) => settlement.runId)
}
