import type { RunContext } from '@pm/scheduler-core'

import type { OpenPath, PathOptions } from './path.ts'

/** The floor: awaiting a handler that is given a signal, and nothing else. */
export async function openFloor({ handler, atATime }: PathOptions): Promise<OpenPath> {
  const execute = () => handler({ signal: new AbortController().signal } as RunContext)
  return {
    async run(count) {
      for (let done = 0; done < count; done += atATime) {
        if (atATime === 1) await execute()
        else await Promise.all(Array.from({ length: atATime }, execute))
      }
    },
    close: async () => {},
  }
}
