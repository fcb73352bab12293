import { join } from 'node:path'

import type { Bench, Findings } from './bench.ts'
import type { RunCommand } from './cli/read-command.ts'
import { buildsOf, factsOf } from './lab/build.ts'
import { nextMessage, startChild } from './lab/child.ts'
import { loadNow, machineFacts, versionsOf } from './lab/machine.ts'
import type { BenchResult } from './result.ts'
import type { BenchTask } from './run-bench.ts'

type Given = Pick<RunCommand, 'isQuick' | 'beside'> & Pick<RunCommand['benches'][number], 'options'>

/** How often what it says of itself a bench may take before it is ended, and how long it may in any case. */
const MOST_TIMES = 3
const MOST_MINUTES = 5

/**
 * Runs a bench in a process of its own and answers its result. Rejects when it fails, or takes three times as long as it
 * should; with options of its own it has all the time that it needs.
 */
export async function measure(
  bench: Bench,
  { options, isQuick, beside }: Given,
  isLimited: boolean,
): Promise<BenchResult> {
  const [begun, date, loadBefore] = [performance.now(), new Date().toISOString(), loadNow()]
  const task: BenchTask = { name: bench.name, options, isQuick, beside: bench.takesBeside ? beside : undefined }
  const child = startChild({
    file: join(import.meta.dirname, 'run-bench.ts'),
    args: [JSON.stringify(task)],
    execArgv: ['--expose-gc'],
  })
  const minutes = MOST_TIMES * bench.minutes + MOST_MINUTES
  const limit = isLimited ? setTimeout(() => child.kill('SIGTERM'), minutes * 60_000) : undefined
  try {
    const { tables, versions = {} } = await nextMessage<Findings>(child)
    return {
      bench: bench.name,
      date,
      isQuick,
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      options,
      machine: machineFacts(loadBefore),
      versions: { ...versionsOf(bench.peers), ...versions },
      builds: buildsOf(task.beside).map(factsOf),
      tables,
    }
  } finally {
    clearTimeout(limit)
  }
}
