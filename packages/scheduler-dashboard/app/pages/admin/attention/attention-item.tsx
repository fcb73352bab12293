import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { State } from '../../../ui/state.tsx'
import { CauseText } from './cause-text.tsx'
import { ItemActs } from './item-acts.tsx'
import { SinceText } from './since-text.tsx'
import type { AttentionRow } from './to-attention.ts'
import { useCause } from './use-cause.ts'
import { useSeen } from './use-seen.ts'

export interface AttentionItemProps {
  readonly row: AttentionRow
  /** It is well again, and shown only because the reader is at work among the rows. */
  readonly isGone: boolean
  /** Whether to name the scheduler. */
  readonly hasName: boolean
  readonly isSelected: boolean
  /** `null` for those who may not command: then there is no control. */
  readonly onSelect: ((id: string, isSelected: boolean) => void) | null
}

/** One job that needs attention: what is wrong, why, since when, and what to do about it. */
export function AttentionItem({ row, isGone, hasName, isSelected, onSelect }: AttentionItemProps) {
  const words = strings.admin.attention
  const { ref, isSeen } = useSeen<HTMLLIElement>()
  const { cause, failure } = useCause(row, { isSeen })
  const { job, scheduler, schedulerName, state } = row
  return (
    <li ref={ref} class="admin-item" data-row data-state={state} data-gone={isGone || undefined}>
      {onSelect && (
        <label class="admin-check">
          <input
            type="checkbox"
            checked={isSelected}
            aria-label={words.select(job)}
            onChange={({ currentTarget }) => onSelect(row.id, currentTarget.checked)}
          />
        </label>
      )}
      <div class="admin-item-job">
        <GoTo to={routes.job(job)} scheduler={scheduler}>
          {job}
        </GoTo>
        {hasName && <span class="muted">{schedulerName}</span>}
      </div>
      <div class="admin-item-words">
        <State state={isGone ? 'ok' : state}>{isGone ? words.wellAgain : row.words.join(', ')}</State>
        <SinceText row={row} cause={cause} />
      </div>
      <CauseText cause={cause} failure={failure} />
      <ItemActs row={row} runId={cause?.runId ?? null} mayControl={onSelect !== null} />
    </li>
  )
}
