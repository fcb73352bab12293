import { CALL_FACTS } from '@pm/scheduler-core/store'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { tallyColumns, tallyShape } from './tally-columns.ts'

export const CALL_SHAPE = {
  run_id: 'uuid',
  provider: 'text',
  settled_at: 'float8',
  ...tallyShape(CALL_FACTS),
} as const

/** Parameters: the scheduler, and the calls of each run to each provider. */
export function insertCalls({ runCall }: Names): string {
  return `
    INSERT INTO ${runCall} (run_id, provider, scheduler, settled_at, ${tallyColumns(CALL_FACTS)})
    SELECT c.run_id, c.provider, $1, ${at('c.settled_at')}, ${tallyColumns(CALL_FACTS, 'c.')}
    FROM ${rowset(CALL_SHAPE, 'c', 2)}`
}
