import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useNow } from '../../../format/use-now.ts'
import { useZone } from '../../../format/use-zone.ts'
import { wallTimeAt } from '../../../format/zoned.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { bodyOf } from './body-of.ts'
import { NextDue } from './next-due.tsx'
import { stateCommand } from './state-command.ts'
import type { After } from './to-next-due.ts'
import { toUntil, type Until, type UntilChoice } from './to-until.ts'
import { UntilField } from './until-field.tsx'
import { Where } from './where.tsx'

export interface PauseDialogProps {
  readonly schedulerKey: string
  readonly name: string
  readonly status: AdminStatusV2
  /** Why it would do nothing by now. */
  readonly obstacle: string | null
  readonly onClose: () => void
}

/** Asks before a pause, or before its end is changed: until when, why, and what it does. */
export function PauseDialog({ schedulerKey, name, status, obstacle, onClose }: PauseDialogProps) {
  const { clock } = useApp()
  const send = useCommand(schedulerKey)
  const nowMs = useNow()
  const [choice, setChoice] = useUntilChoice()
  const until = toUntil(choice, nowMs)
  const words = strings.admin.controls
  const { desired, running_runs: running, queued_runs: queued } = status.scheduler
  const isPaused = desired.state === 'paused'
  const title = isPaused ? words.titles.changeEnd(name) : words.titles.pause(name)
  return (
    <CommandDialog
      title={title}
      confirm={isPaused ? words.changeEnd : words.pause}
      hurts
      problem={obstacle ?? (until.kind === 'problem' ? until.text : null)}
      effect={
        <>
          <Where />
          <p>{words.effects.pause}</p>
          <p>{words.effects.pauseRunning(running)}</p>
          {queued > 0 && <p>{words.effects.pauseQueued(queued)}</p>}
          <NextDue schedulerKey={schedulerKey} after={afterPause(until)} />
        </>
      }
      onClose={onClose}
      onConfirm={(why) =>
        send(
          stateCommand({
            title,
            desired: 'paused',
            version: desired.version,
            send: ({ admin }, call) =>
              admin.pause({ ...bodyOf(why), ...untilBody(toUntil(choice, clock.now())) }, call),
          }),
        )
      }
    >
      <UntilField choice={choice} until={until} onChoice={setChoice} />
    </CommandDialog>
  )
}

/** The choice at first: an hour; a moment begins at the next full hour of the viewer's clock. */
export function useUntilChoice() {
  const nowMs = useNow()
  const zone = useZone()
  return useState<UntilChoice>(() => ({
    preset: 'hour',
    wall: `${wallTimeAt(nowMs + 3_600_000, zone).slice(0, 13)}:00`,
    zone,
  }))
}

export function afterPause(until: Until): After {
  return until.kind === 'at' ? { kind: 'until', untilMs: until.atMs } : { kind: 'never', as: 'suppressed' }
}

export function untilBody(until: Until): { readonly until?: string } {
  return until.kind === 'at' ? { until: new Date(until.atMs).toISOString() } : {}
}
