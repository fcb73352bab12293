import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useNow } from '../../../format/use-now.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import type { AttentionRow } from '../attention/to-attention.ts'
import { bulkCommand } from './bulk-command.ts'
import { NextDueOf } from './next-due.tsx'
import { afterPause, untilBody, useUntilChoice } from './pause-dialog.tsx'
import { toUntil } from './to-until.ts'
import { UntilField } from './until-field.tsx'
import { Where } from './where.tsx'

export interface BulkDialogProps {
  readonly what: 'pause' | 'resume'
  readonly rows: readonly AttentionRow[]
  readonly onClose: () => void
  readonly onSent: () => void
}

/** Pauses or resumes several jobs: which, where, until when, why. */
export function BulkDialog({ what, rows, onClose, onSent }: BulkDialogProps) {
  const { apiOf, clock } = useApp()
  const [first, ...rest] = rows
  const send = useCommand(first?.scheduler ?? '')
  const nowMs = useNow()
  const [choice, setChoice] = useUntilChoice()
  const until = toUntil(choice, nowMs)
  const words = strings.admin.controls
  const isPause = what === 'pause'
  if (!first) return null
  const title = titleOf(what, rows)
  const items = rows.map(({ job, item }) => ({ job, at: item.next_run_at }))
  return (
    <CommandDialog
      title={title}
      confirm={isPause ? words.pause : words.resume}
      hurts={isPause}
      reason={isPause ? 'needed' : 'optional'}
      problem={isPause && until.kind === 'problem' ? until.text : null}
      effect={
        <>
          <Where />
          <p>{isPause ? words.effects.pauseJobs : words.effects.resumeJobs}</p>
          {rows.length > 1 && <p class="admin-names">{rows.map(({ job }) => job).join(', ')}</p>}
          {isPause && <NextDueOf schedulerKey={first.scheduler} items={items} after={afterPause(until)} />}
        </>
      }
      onClose={onClose}
      onConfirm={async (why) => {
        const end = isPause ? untilBody(toUntil(choice, clock.now())) : {}
        const outcome = await send(bulkCommand({ title, what, jobs: [first, ...rest], why, apiOf, ...end }))
        if (outcome.kind === 'accepted') onSent()
        return outcome
      }}
    >
      {isPause && <UntilField choice={choice} until={until} onChoice={setChoice} />}
    </CommandDialog>
  )
}

function titleOf(what: 'pause' | 'resume', rows: readonly AttentionRow[]): string {
  const { titles } = strings.admin.controls
  const [first, ...rest] = rows
  if (first && rest.length === 0) return titles[what](first.job)
  return what === 'pause' ? titles.pauseJobs(rows.length) : titles.resumeJobs(rows.length)
}
