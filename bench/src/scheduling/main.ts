/**
 * Memory per idle job, and dispatch of one-second jobs, ours beside its peers and a bare heap as the floor. Run it with
 * `pnpm bench:scheduling`; `--jobs 1000,10000`, `--only heap,every` and `--seconds 5` make it shorter.
 */
import { parseArgs } from 'node:util'

import type { CaseResult } from './case.ts'
import { CONTENDER_NAMES, type ContenderName } from './contenders/index.ts'
import { printCases } from './print-cases.ts'
import { runCase } from './run-case.ts'

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000,10000,100000' },
    only: { type: 'string', default: CONTENDER_NAMES.join() },
    seconds: { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '3' },
    'limit-seconds': { type: 'string', default: '60' },
    'heap-mb': { type: 'string', default: '10000' },
  },
})
const wanted = values.only.split(',')
const names = CONTENDER_NAMES.filter((name) => wanted.includes(name))
const limits = { limitMs: Number(values['limit-seconds']) * 1_000, heapMb: Number(values['heap-mb']) }

for (const jobs of values.jobs.split(',').map(Number)) {
  const idle = new Map<ContenderName, CaseResult | null>()
  const dispatch = new Map<ContenderName, CaseResult | null>()
  for (const contender of names) {
    idle.set(contender, await runCase({ kind: 'idle', contender, jobs }, limits))
    const timing = { warmUpMs: Number(values['warm-up']) * 1_000, windowMs: Number(values.seconds) * 1_000 }
    dispatch.set(contender, await runCase({ kind: 'dispatch', contender, jobs, ...timing }, limits))
  }
  printCases({ jobs, names, idle, dispatch })
}
