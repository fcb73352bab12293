import type { RunView } from '@pm/scheduler-core/contract/v2'

import { useCommand } from '../../../data/use-command.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { runCommand } from '../jobs/job-commands.ts'
import { useFormatAt } from './use-format-at.ts'

export interface RunDialogProps {
  readonly run: RunView
  readonly scheduler: string
  readonly onClose: () => void
}

/** Runs the job once more because of this run, which stands in the reason. */
export function RunAgainDialog({ run, scheduler, onClose }: RunDialogProps) {
  const send = useCommand(scheduler)
  const to = useTo()
  const formatAt = useFormatAt()
  const words = strings.runs.again
  return (
    <CommandDialog
      title={words.title(run.job)}
      confirm={words.confirm}
      reason="optional"
      proposedReason={words.why(strings.kit.words[run.state], formatAt(run.started_at))}
      effect={words.effect}
      onConfirm={(why) => send(runCommand(run.job, { why, hrefOf: (id) => to(routes.run(id)) }))}
      onClose={onClose}
    />
  )
}
