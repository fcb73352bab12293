import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import type { CommandOutcome } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import type { BulkAsked, BulkKind } from './bulk-command.ts'
import { PauseEnd, type UntilChoice, untilOf } from './pause-end.tsx'

export interface JobsDialogProps<R> {
  readonly kind: BulkKind
  readonly title: string
  /** Why it cannot be sent yet (default `null`). An end of the pause that is not valid is told without it. */
  readonly problem?: string | null
  /** Whom it meets. */
  readonly children: ComponentChildren
  readonly onConfirm: (asked: Omit<BulkAsked, 'jobs'>) => Promise<CommandOutcome<R>>
  readonly onClose: () => void
}

/** Asks once before a command to several jobs: what it does, whom it meets, and for a pause until when. */
export function JobsDialog<R>({ kind, title, problem = null, children, onConfirm, onClose }: JobsDialogProps<R>) {
  const { clock } = useApp()
  const [choice, setChoice] = useState<UntilChoice>({ kind: 'open' })
  const end = untilOf(choice, clock.now())
  const isPause = kind === 'pause'
  return (
    <CommandDialog
      title={title}
      confirm={title}
      hurts={isPause}
      effect={strings.jobs.bulk.effect[kind]}
      problem={problem ?? end.problem}
      onConfirm={(why) => onConfirm({ kind, title, until: end.until, why })}
      onClose={onClose}
    >
      {children}
      {isPause && <PauseEnd choice={choice} onChoice={setChoice} />}
    </CommandDialog>
  )
}
