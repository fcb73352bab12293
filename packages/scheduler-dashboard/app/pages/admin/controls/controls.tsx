import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { RunDialog } from './run-dialog.tsx'
import { StateDialog } from './state-dialog.tsx'
import { type ControlName, toObstacles } from './to-controls.ts'

export interface ControlsProps {
  readonly schedulerKey: string
  readonly name: string
  readonly status: AdminStatusV2
}

/** The commands to one scheduler. Each asks first, and does something or says why it would not. */
export function Controls(props: ControlsProps) {
  const { name, status, schedulerKey } = props
  const words = strings.admin.controls
  const [open, setOpen] = useState<ControlName | null>(null)
  const obstacles = toObstacles(status)
  const isPaused = status.scheduler.desired.state === 'paused'
  const close = () => setOpen(null)
  return (
    <fieldset class="cluster admin-group admin-controls">
      <legend class="sr-only">{words.label(name)}</legend>
      <Button disabledBecause={obstacles.run} onClick={() => setOpen('run')}>
        {words.runNow}
      </Button>
      <Button disabledBecause={obstacles.pause} onClick={() => setOpen('pause')}>
        {isPaused ? words.changeEnd : words.pause}
      </Button>
      <Button disabledBecause={obstacles.resume} onClick={() => setOpen('resume')}>
        {words.resume}
      </Button>
      <Button disabledBecause={obstacles.stop} onClick={() => setOpen('stop')}>
        {words.stop}
      </Button>
      <Button disabledBecause={obstacles.start} onClick={() => setOpen('start')}>
        {words.start}
      </Button>
      {open === 'run' && <RunDialog schedulerKey={schedulerKey} onClose={close} />}
      {open === 'pause' && <PauseDialog {...props} obstacle={obstacles.pause} onClose={close} />}
      {(open === 'start' || open === 'stop' || open === 'resume') && (
        <StateDialog {...props} what={open} obstacle={obstacles[open]} onClose={close} />
      )}
    </fieldset>
  )
}
