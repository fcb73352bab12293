import { useCommand } from '../../../data/use-command.ts'
import { InputFields } from '../../../input/input-fields.tsx'
import { useRunInput } from '../../../input/use-run-input.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { runCommand } from './job-commands.ts'
import type { JobDialogProps } from './pause-dialog.tsx'

export function RunDialog({ job, scheduler, onClose }: JobDialogProps) {
  const { name } = job
  const send = useCommand(scheduler)
  const to = useTo()
  const words = strings.job.run
  const { form, body, problem } = useRunInput(job)
  return (
    <CommandDialog
      title={words.title(name)}
      confirm={strings.job.controls.run}
      reason="optional"
      effect={words.what}
      problem={problem}
      onConfirm={(why) => send(runCommand(name, { why, body, hrefOf: (id) => to(routes.run(id)) }))}
      onClose={onClose}
    >
      {form && <InputFields {...form} />}
    </CommandDialog>
  )
}
