import { useCommand } from '../../../data/use-command.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { runCommand } from './job-commands.ts'
import type { JobDialogProps } from './pause-dialog.tsx'

export function RunDialog({ job: { name }, scheduler, onClose }: JobDialogProps) {
  const send = useCommand(scheduler)
  const to = useTo()
  const words = strings.job.run
  return (
    <CommandDialog
      title={words.title(name)}
      confirm={strings.job.controls.run}
      reason="optional"
      effect={words.what}
      onConfirm={(why) => send(runCommand(name, { why, hrefOf: (id) => to(routes.run(id)) }))}
      onClose={onClose}
    />
  )
}
