import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { replayFetch } from '../../../examples/portfolio-manager/src/replay/replay-fetch.ts'

export interface Replay extends AsyncDisposable {
  readonly fetch: typeof globalThis.fetch
  readonly symbols: readonly string[]
}

/** Starts the replay server with this many made symbols, beside this process. */
export async function startReplay(count: number): Promise<Replay> {
  const file = fileURLToPath(new URL('./replay-child.ts', import.meta.url))
  const child = fork(file, [String(count)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  if (child.stdout === null) throw new Error('The replay has no output.')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, symbols } = JSON.parse(line) as { url: string; symbols: readonly string[] }
  return {
    fetch: replayFetch({ url }),
    symbols,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}
