import type { JobHandler, RunContext } from '@pm/scheduler-core'

import { cpuNsPer } from '../report/measure.ts'
import type { RunsToMeasure } from './whole-path.ts'

/** The floor: awaiting a handler that is given a signal, and nothing else. */
export function measureFloor(handler: JobHandler<unknown>, { runs, warmUp, atATime }: RunsToMeasure): Promise<number> {
  const execute = () => handler({ signal: new AbortController().signal } as RunContext)
  const run = async (count: number) => {
    for (let done = 0; done < count; done += atATime) {
      if (atATime === 1) await execute()
      else await Promise.all(Array.from({ length: atATime }, execute))
    }
  }
  return run(warmUp).then(() => cpuNsPer(runs, () => run(runs)))
}
