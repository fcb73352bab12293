import type { Handler, RunContext } from '@pm/scheduler-core'

import { cpuNsPer } from '../report/measure.ts'
import type { RunsToMeasure } from './whole-path.ts'

const BATCH = 1_000

/** The floor: awaiting a handler whose signal is made when it is asked for, and nothing else. */
export function measureFloor(handler: Handler<unknown>, { runs, warmUp }: RunsToMeasure): Promise<number> {
  const execute = async () => {
    let controller: AbortController | null = null
    await handler({
      get signal() {
        controller ??= new AbortController()
        return controller.signal
      },
    } as RunContext)
  }
  const run = async (count: number) => {
    for (let done = 0; done < count; done += BATCH) await Promise.all(Array.from({ length: BATCH }, execute))
  }
  return run(warmUp).then(() => cpuNsPer(runs, () => run(runs)))
}
