import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import type { BulkKind } from './bulk-command.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import type { JobFilter } from './filter-command.ts'
import { FilterDialog } from './filter-dialog.tsx'
import type { Selection } from './selection.ts'

/** The server takes 60 commands a minute, and one may have to take them back. */
const MOST = 50

/** What one may do with the selected jobs. It is always there, so that nothing moves as one selects. */
export function BulkBar({
  scheduler,
  selection,
  shown,
  filter,
}: {
  readonly scheduler: string
  readonly selection: Selection
  readonly shown: readonly JobView[]
  /** What the list is filtered by; without a selection the commands are for all that meet it. */
  readonly filter: JobFilter | null
}) {
  const [asked, setAsked] = useState<BulkKind | null>(null)
  const words = strings.jobs
  const { jobs } = selection
  const isByFilter = jobs.length === 0 && filter !== null
  const tooMany = jobs.length > MOST ? words.bulk.tooMany(MOST) : null
  const because = jobs.length === 0 && !isByFilter ? words.selectFirst : tooMany
  const head = isByFilter ? words.filter.all : words.selected(jobs.length)
  const firstShown = shown.slice(0, MOST).map(({ name }) => name)
  return (
    <div class="bulk" role="toolbar" aria-label={head}>
      <span class="bulk-count">{head}</span>
      <Button icon="pause" disabledBecause={because} onClick={() => setAsked('pause')}>
        {words.actions.pause}
      </Button>
      <Button icon="play" disabledBecause={because} onClick={() => setAsked('resume')}>
        {words.actions.resume}
      </Button>
      <Button icon="again" disabledBecause={because} onClick={() => setAsked('run')}>
        {words.actions.run}
      </Button>
      <Button tone="quiet" onClick={() => selection.add(firstShown)}>
        {words.selectShown(formatNumber(firstShown.length))}
      </Button>
      {jobs.length > 0 && (
        <Button tone="quiet" onClick={selection.clear}>
          {words.clear}
        </Button>
      )}
      {asked !== null && isByFilter && (
        <FilterDialog kind={asked} filter={filter} scheduler={scheduler} onClose={() => setAsked(null)} />
      )}
      {asked !== null && !isByFilter && (
        <BulkDialog
          kind={asked}
          jobs={jobs}
          scheduler={scheduler}
          onDone={selection.clear}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  )
}
