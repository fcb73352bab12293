import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { JobPicker } from './job-picker.tsx'
import { runCommand } from './run-command.ts'
import { RunEffect } from './run-effect.tsx'
import { Where } from './where.tsx'

export interface RunDialogProps {
  readonly schedulerKey: string
  /** The job to run; without it one is picked. */
  readonly job?: string
  readonly onClose: () => void
}

/** Runs one job now: picked among all, or the one that is given. */
export function RunDialog({ schedulerKey, job: given, onClose }: RunDialogProps) {
  const { clock } = useApp()
  const send = useCommand(schedulerKey)
  const to = useTo()
  const [picked, setPicked] = useState(given ?? '')
  const words = strings.admin.controls
  const title = picked === '' ? words.titles.runAny : words.titles.run(picked)
  return (
    <CommandDialog
      title={title}
      confirm={words.runNow}
      reason="optional"
      problem={picked === '' ? words.picker.missing : null}
      effect={
        <>
          <Where />
          <RunEffect schedulerKey={schedulerKey} job={picked} />
        </>
      }
      onClose={onClose}
      onConfirm={(why) =>
        send(runCommand({ job: picked, why, nowMs: clock.now, hrefOf: (id) => to(routes.run(id), schedulerKey) }))
      }
    >
      {given === undefined && <JobPicker schedulerKey={schedulerKey} value={picked} onChange={setPicked} />}
    </CommandDialog>
  )
}
