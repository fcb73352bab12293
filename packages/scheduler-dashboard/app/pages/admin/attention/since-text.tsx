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
  // While a due time waits for its start, that is since when; else it is the last success.
  const isByItem = worst === 'failing' || (worst === 'overdue' && cause !== null && cause.since === null)
  if (isByItem)
    return (
      <span class="admin-since muted">
        {words.failing} <Time at={item.last_success_at} none={strings.kit.never} />
      </span>
    )
  // What only the reason knows comes with it, into a place that is kept for it.
  if (cause === null) return <span class="admin-since">&nbsp;</span>
  return (
    <span class="admin-since muted">
      {words[worst]} <Time at={cause.since} />
    </span>
  )
}
