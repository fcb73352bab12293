import type { Failure } from '../../../data/failure.ts'
import { strings } from '../../../strings/index.ts'
import { Time } from '../../../ui/time.tsx'
import type { Cause } from './to-cause.ts'

/** The reason itself, in at most three lines: the page of the run has all of it. */
export function CauseText({ cause, failure }: { readonly cause: Cause | null; readonly failure: Failure | null }) {
  const words = strings.admin.attention
  if (cause === null) {
    if (failure) return <p class="admin-cause muted">{words.notRead(failure.text)}</p>
    return (
      <div class="admin-cause" role="status" aria-label={words.loading}>
        <span class="skeleton" />
      </div>
    )
  }
  return (
    <p class="admin-cause" title={cause.text}>
      {cause.text}
      {cause.ends === 'open' && <span class="muted"> ({words.openEnd})</span>}
      {cause.ends !== null && cause.ends !== 'open' && (
        <span class="muted">
          {' '}
          ({words.ends} <Time at={cause.ends} />)
        </span>
      )}
    </p>
  )
}
