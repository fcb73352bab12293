import type { RunDetail } from '../../../data/api.ts'

import { beganAt } from '../../../data/began-at.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { InputFields } from '../../../input/input-fields.tsx'
import { useRunInput } from '../../../input/use-run-input.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { runCommand } from '../jobs/job-commands.ts'
import { useFormatAt } from './use-format-at.ts'

export interface RunDialogProps {
  readonly run: RunDetail
  readonly scheduler: string
  readonly onClose: () => void
}

/** Runs the job once more because of this run, which stands in the reason. */
export function RunAgainDialog({ run, scheduler, onClose }: RunDialogProps) {
  const send = useCommand(scheduler)
  const to = useTo()
  const formatAt = useFormatAt()
  const words = strings.runs.again
  const job = useResource(`job ${run.job}`, ({ admin }) => admin.job(run.job), { scheduler })
  const { form, body, problem } = useRunInput(job.data, run.input)
  // Before the job is read there is no form, and the run would begin without its input.
  const unread = job.data === null && run.input !== null ? (job.failure?.text ?? words.reading) : null
  return (
    <CommandDialog
      title={words.title(run.job)}
      confirm={words.confirm}
      reason="optional"
      proposedReason={words.why(strings.kit.words[run.state], formatAt(beganAt(run)))}
      effect={words.effect}
      problem={unread ?? problem}
      onConfirm={(why) => send(runCommand(run.job, { why, body, hrefOf: (id) => to(routes.run(id)) }))}
      onClose={onClose}
    >
      {form && <InputFields {...form} />}
    </CommandDialog>
  )
}
