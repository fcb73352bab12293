import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import type { BulkKind } from './bulk-command.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Selection } from './selection.ts'

/** The server takes 60 commands a minute, and one may have to take them back. */
const MOST = 50

/** What one may do with the selected jobs. It is always there, so that nothing moves as one selects. */
export function BulkBar({
  scheduler,
  selection,
  shown,
}: {
  readonly scheduler: string
  readonly selection: Selection
  readonly shown: readonly JobView[]
}) {
  const [asked, setAsked] = useState<BulkKind | null>(null)
  const words = strings.jobs
  const { jobs } = selection
  const because = jobs.length === 0 ? words.selectFirst : jobs.length > MOST ? words.bulk.tooMany(MOST) : null
  const firstShown = shown.slice(0, MOST).map(({ name }) => name)
  return (
    <div class="bulk" role="toolbar" aria-label={words.selected(jobs.length)}>
      <span class="bulk-count">{words.selected(jobs.length)}</span>
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
      {asked !== null && (
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
