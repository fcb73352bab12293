import type { CursorWall } from '@pm/scheduler-core/store'

import { integer, type Row, textOrNull } from '../query.ts'

/** What the cursor of a job is in local time, by the process that set it. */
export function toCursorWall(row: Row): CursorWall | null {
  const timezone = textOrNull(row, 'cursor_zone')
  return timezone === null ? null : { timezone, reached: integer(row, 'cursor_wall') }
}
