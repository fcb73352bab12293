import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { InputFields } from '../../../input/input-fields.tsx'
import { useRunInput } from '../../../input/use-run-input.ts'
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
  const { data } = useResource(picked === '' ? null : `job ${picked}`, ({ admin }) => admin.job(picked), {
    scheduler: schedulerKey,
  })
  const input = useRunInput(data)
  const title = picked === '' ? words.titles.runAny : words.titles.run(picked)
  return (
    <CommandDialog
      title={title}
      confirm={words.runNow}
      reason="optional"
      problem={picked === '' ? words.picker.missing : input.problem}
      effect={
        <>
          <Where />
          <RunEffect job={data} />
        </>
      }
      onClose={onClose}
      onConfirm={(why) =>
        send(
          runCommand({
            job: picked,
            why,
            body: input.body,
            nowMs: clock.now,
            hrefOf: (id) => to(routes.run(id), schedulerKey),
          }),
        )
      }
    >
      {given === undefined && <JobPicker schedulerKey={schedulerKey} value={picked} onChange={setPicked} />}
      {input.form && <InputFields {...input.form} />}
    </CommandDialog>
  )
}
