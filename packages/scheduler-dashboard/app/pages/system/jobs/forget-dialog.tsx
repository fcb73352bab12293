import { StatusClientError } from '@pm/scheduler-core/client'

import { useLocation } from 'wouter-preact'
import type { Api } from '../../../data/api.ts'
import { useCommand } from '../../../data/use-command.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import type { JobDialogProps } from './pause-dialog.tsx'

/** Erases the past of a job that left the code. */
export function ForgetDialog({ job: { name }, scheduler, onClose }: JobDialogProps) {
  const send = useCommand(scheduler)
  const [, navigate] = useLocation()
  const to = useTo()
  const words = strings.job.forget
  const title = words.title(name)
  return (
    <CommandDialog
      title={title}
      confirm={words.confirm}
      hurts
      effect={words.effect}
      onConfirm={async (why) => {
        const outcome = await send({
          title,
          send: ({ admin }, call) => admin.forgetJob(name, { why }, call),
          isApplied: ({ api }) => isGone(api, name),
        })
        // Its page is no more.
        if (outcome.kind === 'accepted') navigate(to(routes.system()))
        return outcome
      }}
      onClose={onClose}
    />
  )
}

async function isGone({ admin }: Api, job: string): Promise<boolean> {
  try {
    await admin.job(job)
    return false
  } catch (error) {
    if (error instanceof StatusClientError && error.status === 404) return true
    throw error
  }
}
