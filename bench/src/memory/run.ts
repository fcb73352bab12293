import { join } from 'node:path'

import type { RunBench } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { nextMessage, startChild } from '../lab/child.ts'
import type { Row, Table } from '../result.ts'
import type { memoryBench } from './bench.ts'
import type { MemorySample, MemoryTask } from './process.ts'

export const run: RunBench<typeof memoryBench.options> = async ({ options, beside, tell }) => {
  const rows: Row[] = []
  for (const { name, root } of buildsOf(beside)) {
    const task: MemoryTask = {
      root,
      jobs: options.jobs,
      minutes: options.minutes,
      runsAMinute: options['runs-a-minute'],
      busyMinutes: options['busy-minutes'],
    }
    const child = startChild({ file: join(import.meta.dirname, 'process.ts'), args: [JSON.stringify(task)] })
    for (;;) {
      const sample = await nextMessage<MemorySample | 'done'>(child)
      if (sample === 'done') break
      tell(`${name}: ${sample.minutes} of ${options.minutes} minutes, ${sample.heapMb.toFixed(1)} MB`)
      rows.push({ contender: name, ...sample })
    }
    child.kill('SIGKILL')
  }
  return { tables: [{ ...TABLE, rows }] }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'memory',
  title: 'A simulated week in memory',
  columns: [
    { key: 'contender', title: 'contender' },
    { key: 'minutes', title: 'minutes passed' },
    { key: 'runs', title: 'settled runs' },
    { key: 'heapMb', title: 'beyond the kept entries', unit: 'MB' },
    { key: 'usPerRun', title: 'CPU', unit: 'us/run' },
  ],
}
