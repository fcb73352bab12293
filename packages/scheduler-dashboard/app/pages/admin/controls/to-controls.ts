import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'

export type ControlName = 'start' | 'stop' | 'pause' | 'resume' | 'run'

/** Why each control does nothing now; `null` where it does something. */
export type Obstacles = Readonly<Record<ControlName, string | null>>

/** By what was asked, not by what is: a scheduler in error can still be told to pause. */
export function toObstacles({ scheduler: { desired } }: Pick<AdminStatusV2, 'scheduler'>): Obstacles {
  const off = strings.admin.controls.off
  switch (desired.state) {
    case 'running':
      return { start: off.startRunning, stop: null, pause: null, resume: off.resumeRunning, run: null }
    case 'paused':
      return { start: off.startPaused, stop: null, pause: null, resume: null, run: null }
    case 'stopped':
      return {
        start: null,
        stop: off.stopStopped,
        pause: off.pauseStopped,
        resume: off.resumeStopped,
        run: off.runStopped,
      }
  }
}
