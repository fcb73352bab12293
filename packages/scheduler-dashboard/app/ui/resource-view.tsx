import type { ComponentChildren } from 'preact'

import type { Resource } from '../data/use-resource.ts'
import { formatInstant } from '../format/instants.ts'
import { useNow } from '../format/use-now.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import { Shape } from './icons.tsx'
import { ErrorState, Forbidden, Loading, LoggedOut } from './messages.tsx'

type Shown<T> = Pick<Resource<T>, 'state' | 'data' | 'failure' | 'readAtMs' | 'reload' | 'showWaiting'> & {
  readonly waiting: { readonly count: number } | null
}

/** Shows a resource in whatever state it is; `children` is called with its data. */
export function ResourceView<T>({
  resource,
  rows,
  children,
}: {
  readonly resource: Shown<T>
  /** Bars while it loads. */
  readonly rows?: number
  readonly children: (data: T) => ComponentChildren
}) {
  const { state, data, failure, reload } = resource
  if (state === 'forbidden') return <Forbidden />
  if (state === 'logged-out') return <LoggedOut />
  if (data === null) return failure ? <ErrorState failure={failure} onRetry={reload} /> : <Loading rows={rows ?? 4} />
  return (
    <div class="stack">
      <StaleNote resource={resource} />
      <NewRows waiting={resource.waiting} onShow={resource.showWaiting} />
      {children(data)}
    </div>
  )
}

function StaleNote<T>({ resource: { state, readAtMs, reload } }: { readonly resource: Shown<T> }) {
  const nowMs = useNow()
  const zone = useZone()
  if (state !== 'stale' || readAtMs === null) return null
  return (
    <div class="cluster" role="status">
      <span class="state" data-state="late">
        <Shape state="late" />
        {strings.kit.stale(formatInstant(readAtMs, { nowMs, zone }))}
      </span>
      <Button tone="quiet" icon="again" onClick={reload}>
        {strings.kit.error.retry}
      </Button>
    </div>
  )
}

/** "12 new": rows that wait while the reader is at work in a list. It lies above the list, so that nothing moves. */
export function NewRows({
  waiting,
  onShow,
}: {
  readonly waiting: { readonly count: number } | null
  readonly onShow: () => void
}) {
  if (waiting === null || waiting.count === 0) return null
  return (
    <div class="new-rows" role="status">
      <div>
        <span>{strings.kit.newRows(waiting.count)}</span>
        <Button tone="quiet" onClick={onShow}>
          {strings.kit.showNew}
        </Button>
      </div>
    </div>
  )
}
