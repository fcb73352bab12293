import { useCommand } from '../../../data/use-command.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { resumeCommand } from './job-commands.ts'
import { PauseFacts } from './job-state.tsx'
import type { JobDialogProps } from './pause-dialog.tsx'

export function ResumeDialog({ job: { name, paused }, scheduler, onClose }: JobDialogProps) {
  const send = useCommand(scheduler)
  const words = strings.job.resume
  return (
    <CommandDialog
      title={words.title(name)}
      confirm={words.title(name)}
      reason="optional"
      effect={words.what}
      onConfirm={(why) => send(resumeCommand(name, why))}
      onClose={onClose}
    >
      {paused && <PauseFacts pause={paused} />}
    </CommandDialog>
  )
}
