import { useState } from 'preact/hooks'

import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { BulkDialog } from '../controls/bulk-dialog.tsx'
import { RunDialog } from '../controls/run-dialog.tsx'
import type { AttentionRow } from './to-attention.ts'

export interface ItemActsProps {
  readonly row: AttentionRow
  /** The run that its reason is of. */
  readonly runId: string | null
  /** Without it there is no control. */
  readonly mayControl: boolean
}

/** What can be done about one job: look at the run, run it again, pause or resume it. */
export function ItemActs({ row, runId, mayControl }: ItemActsProps) {
  const { job, scheduler } = row
  const words = strings.admin.attention
  const [open, setOpen] = useState<'run' | 'pause' | 'resume' | null>(null)
  const close = () => setOpen(null)
  return (
    <div class="admin-item-acts">
      {runId !== null && (
        <GoTo to={routes.run(runId)} scheduler={scheduler}>
          {words.openRun}
          <span class="sr-only"> ({job})</span>
        </GoTo>
      )}
      {mayControl && (
        <>
          <Button icon="again" onClick={() => setOpen('run')}>
            {words.runAgain}
            <span class="sr-only"> ({job})</span>
          </Button>
          <Menu label={words.more(job)} items={itemsFor(row, setOpen)} />
        </>
      )}
      {open === 'run' && <RunDialog schedulerKey={scheduler} job={job} onClose={close} />}
      {(open === 'pause' || open === 'resume') && (
        <BulkDialog what={open} rows={[row]} onClose={close} onSent={close} />
      )}
    </div>
  )
}

function itemsFor({ isPaused }: AttentionRow, ask: (what: 'pause' | 'resume') => void) {
  const { pause, resume } = strings.admin.attention
  const { off } = strings.admin.controls
  return [
    {
      label: pause,
      icon: 'pause' as const,
      onClick: () => ask('pause'),
      disabledBecause: isPaused ? off.jobPaused : null,
    },
    {
      label: resume,
      icon: 'play' as const,
      onClick: () => ask('resume'),
      disabledBecause: isPaused ? null : off.jobRuns,
    },
  ]
}
