import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const CURSOR_SHAPE = { job: 'text', cursor: 'float8' } as const

/** Parameters: the scheduler, and the cursors. */
export function moveCursors({ job }: Names): string {
  return `
    UPDATE ${job} AS j
    SET cursor_at = ${at('c.cursor')}
    FROM ${rowset(CURSOR_SHAPE, 'c', 2)}
    WHERE j.scheduler = $1 AND j.job = c.job AND j.cursor_at < ${at('c.cursor')}`
}
