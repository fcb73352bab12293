import type { Clock, RunContext } from '@pm/scheduler-core'

import type { ManualScheduler } from '../manual/manual-scheduler.ts'
import type { ScriptedAttempt, TraceStep } from './trace.ts'

/** What a handler does at one attempt, on the clock of its scheduler. */
export async function actAsScripted(
  { outcome, takesMs = 0, items = {}, calls = [] }: ScriptedAttempt,
  context: RunContext,
  clock: Clock,
): Promise<void> {
  if (takesMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, takesMs))
  if (outcome === 'hangs') await new Promise(() => {})
  context.report(items)
  for (const call of calls) context.recordCall(call)
  if (outcome === 'fails') throw new Error('The script says that this attempt fails.')
}

/** Makes one step happen to a scheduler, and to one job of it. */
export async function takeStep(step: TraceStep, manual: ManualScheduler, job: string): Promise<void> {
  switch (step.kind) {
    case 'pass':
      return manual.advance(step.ms)
    case 'run-now':
      return manual.runJob(job)
    case 'pause':
      await manual.scheduler.pause()
      return manual.advance(0)
    case 'resume':
      await manual.scheduler.resume()
      return manual.advance(0)
    case 'crash':
      return manual.crash()
    case 'restart':
      return manual.restart()
    case 'jump-wall':
      return manual.clock.jumpWall(step.ms)
  }
}
