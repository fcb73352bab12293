import { strings } from '../../../strings/index.ts'
import { Time } from '../../../ui/time.tsx'
import type { AttentionRow } from './to-attention.ts'
import type { Cause } from './to-cause.ts'

/** Since when a job needs attention. */
export function SinceText({
  row: { worst, item },
  cause,
}: {
  readonly row: AttentionRow
  readonly cause: Cause | null
}) {
  const words = strings.admin.attention.since
  const at =
    worst === 'failing' ? item.last_success_at : worst === 'overdue' ? item.next_run_at : (cause?.since ?? null)
  // What only the reason knows comes with it, into a place that is kept for it.
  if (cause === null && worst !== 'failing' && worst !== 'overdue') return <span class="admin-since">&nbsp;</span>
  return (
    <span class="admin-since muted">
      {words[worst]} <Time at={at} none={worst === 'failing' ? strings.kit.never : strings.kit.none} />
    </span>
  )
}
