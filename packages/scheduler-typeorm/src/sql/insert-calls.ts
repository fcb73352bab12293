import { bigintShape, CALL_COUNTERS, columns } from './counter-columns.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const CALL_SHAPE = {
  run_id: 'uuid',
  provider: 'text',
  settled_at: 'float8',
  ...bigintShape(CALL_COUNTERS),
} as const

/** Parameters: the scheduler, and what each run asked of each provider. */
export function insertCalls({ runCall }: Names): string {
  return `
    INSERT INTO ${runCall} (run_id, provider, scheduler, settled_at, ${columns(CALL_COUNTERS, (c) => c)})
    SELECT c.run_id, c.provider, $1, ${at('c.settled_at')}, ${columns(CALL_COUNTERS, (c) => `c.${c}`)}
    FROM ${rowset(CALL_SHAPE, 'c', 2)}`
}
