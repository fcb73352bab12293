import { driveProcess } from '../../tools/testlab/src/outside/index.ts'
import type { Check } from '../consumer.ts'

/** Longer than any runtime leaves a silent connection open by default, but for Node, which waits for ever. */
const IDLE_MS = 35_000

export interface Host {
  /** What the runtime is given, such as `['run', '-A', 'main.ts']`; it prints its address. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** That a server in its own process is driven from outside: routes, pages, streams, and its end. */
export function servesFromOutside({ args, env }: Host): Check {
  return {
    name: 'driven from outside, to its end',
    isLong: true,
    run: async ({ folder, runtime }) => {
      const server = { program: runtime, args, cwd: folder, ...(env && { env }) }
      await driveProcess(server, { idleMs: IDLE_MS, pages: '/admin', slowJob: 'slow' })
      return undefined
    },
  }
}

/** The contract suite inside of the runtime, and how many stories of it passed. */
export function passesContract(args: readonly string[]): Check {
  return {
    name: 'contract suite',
    isLong: true,
    async run({ exec }) {
      const all = [...args, 'node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.config.ts', '--no-color']
      const { stdout } = await exec('runtime', all, { timeoutMs: 600_000 })
      return /Tests\s+(.*)/.exec(stdout)?.[1]
    },
  }
}
