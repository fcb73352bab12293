import { useCommand } from '../../../data/use-command.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { followRun } from './follow-run.ts'
import type { RunDialogProps } from './run-again-dialog.tsx'

/** Asks the owner of a run to abort it. */
export function CancelDialog({ run: { id, job, state }, scheduler, onClose }: RunDialogProps) {
  const send = useCommand(scheduler)
  const words = strings.runs.cancel
  const title = words.title(job)
  return (
    <CommandDialog
      title={title}
      confirm={words.confirm}
      hurts
      effect={state === 'queued' ? words.effectQueued : words.effect}
      onConfirm={(why) =>
        send({
          title,
          send: ({ admin }, call) => admin.cancelRun(id, { why }, call),
          async isApplied({ api }) {
            const entry = await api.admin.run(id)
            return (
              entry.kind === 'run' &&
              (entry.cancel_requested || (entry.state !== 'running' && entry.state !== 'queued'))
            )
          },
          follow: (_result, api, tell) => followRun(id, api, (detail, step) => tell(detail, endOf(step))),
        })
      }
      onClose={onClose}
    />
  )
}

/** That the run ended is what was asked for. */
function endOf<S extends string>(step: S | undefined): S | 'applied' | undefined {
  return step === 'refused' ? 'applied' : step
}
