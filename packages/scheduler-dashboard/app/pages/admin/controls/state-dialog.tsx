import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useCommand } from '../../../data/use-command.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { bodyOf } from './body-of.ts'
import { NextDue } from './next-due.tsx'
import { stateCommand } from './state-command.ts'
import { Where } from './where.tsx'

export interface StateDialogProps {
  readonly schedulerKey: string
  readonly name: string
  readonly status: AdminStatusV2
  readonly what: 'start' | 'stop' | 'resume'
  /** Why it would do nothing by now. */
  readonly obstacle: string | null
  readonly onClose: () => void
}

const DESIRED = { start: 'running', stop: 'stopped', resume: 'running' } as const

/** Asks before a start, a stop or a resume, and shows what it does. */
export function StateDialog({ schedulerKey, name, status, what, obstacle, onClose }: StateDialogProps) {
  const send = useCommand(schedulerKey)
  const words = strings.admin.controls
  const title = words.titles[what](name)
  const isStop = what === 'stop'
  return (
    <CommandDialog
      title={title}
      confirm={words[what]}
      hurts={isStop}
      problem={obstacle}
      reason={isStop ? 'needed' : 'optional'}
      effect={
        <>
          <Where />
          <p>{words.effects[what]}</p>
          {isStop && <p>{words.effects.stopRunning(status.scheduler.running_runs)}</p>}
          {isStop && status.scheduler.queued_runs > 0 && (
            <p>{words.effects.stopQueued(status.scheduler.queued_runs)}</p>
          )}
          <NextDue schedulerKey={schedulerKey} after={isStop ? { kind: 'never', as: 'missed' } : { kind: 'runs' }} />
        </>
      }
      onClose={onClose}
      onConfirm={(why) =>
        send(
          stateCommand({
            title,
            desired: DESIRED[what],
            version: status.scheduler.desired.version,
            send: ({ admin }, call) => admin[what](bodyOf(why), call),
          }),
        )
      }
    />
  )
}
