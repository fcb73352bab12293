import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { Case, CaseResult } from './case.ts'

const CHILD = fileURLToPath(new URL('process.ts', import.meta.url))

export interface RunCaseOptions {
  /** The child is ended after this long, and the case answers `null`: it did not finish. */
  readonly limitMs: number
  readonly heapMb: number
}

/** Measures a case in a process of its own. */
export function runCase(given: Case, { limitMs, heapMb }: RunCaseOptions): Promise<CaseResult | null> {
  const execArgv = ['--conditions=@pm/source', '--expose-gc', `--max-old-space-size=${heapMb}`]
  // A contender that runs out of memory prints a page about it.
  const child = fork(CHILD, [JSON.stringify(given)], { execArgv, stdio: ['ignore', 'inherit', 'ignore', 'ipc'] })
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs)
  return new Promise((resolve) => {
    let result: CaseResult | null = null
    child.on('message', (message) => {
      result = message as CaseResult
    })
    child.on('close', () => {
      clearTimeout(limit)
      resolve(result)
    })
  })
}
