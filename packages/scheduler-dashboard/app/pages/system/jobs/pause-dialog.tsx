import type { ForeseenDueTimeView, JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { FateChanges } from './fate-changes.tsx'
import { pauseCommand } from './job-commands.ts'
import { fallsInto, PauseEnd, type UntilChoice, untilOf } from './pause-end.tsx'

export interface JobDialogProps {
  readonly job: JobView
  readonly scheduler: string
  readonly onClose: () => void
}

/** Asks until when and why, and shows what becomes of the next due times. */
export function PauseDialog({ job: { name, running_runs }, scheduler, onClose }: JobDialogProps) {
  const { clock } = useApp()
  const send = useCommand(scheduler)
  const [choice, setChoice] = useState<UntilChoice>({ kind: 'open' })
  const preview = useResource(`preview ${name}`, ({ admin }) => admin.preview(name, { n: 3 }), { scheduler })
  const { until, problem } = untilOf(choice, clock.now())
  const words = strings.job.pause
  return (
    <CommandDialog
      title={words.title(name)}
      confirm={words.title(name)}
      hurts
      problem={problem}
      effect={
        <>
          <p>{words.what}</p>
          <FateChanges
            before={preview.data?.items ?? null}
            after={preview.data?.items.map((due) => paused(due, until)) ?? null}
          />
          {running_runs > 0 && <p>{words.running}</p>}
        </>
      }
      onConfirm={(why) => send(pauseCommand(name, { until, why }))}
      onClose={onClose}
    >
      <PauseEnd choice={choice} onChoice={setChoice} />
    </CommandDialog>
  )
}

function paused(due: ForeseenDueTimeView, until: string | null): ForeseenDueTimeView {
  const isHit = due.fate === 'run' && fallsInto(due.due_at, until)
  return isHit ? { ...due, fate: 'suppressed', starts_at: null } : due
}
