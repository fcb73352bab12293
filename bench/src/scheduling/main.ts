/**
 * Memory per idle job, and of one-second jobs with handlers that do nothing: lateness, missed, early and double runs, and
 * CPU per run. Ours beside its peers and a bare heap as the floor, in one table. Run it with `pnpm bench:scheduling`;
 * `--jobs 1000,10000`, `--only heap,every` and `--seconds 5` make it shorter.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'

import type { CaseResult } from './case.ts'
import { CONTENDER_NAMES, type ContenderName } from './contenders/index.ts'
import { type MeasuredCases, printCases } from './print-cases.ts'
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

const measured: MeasuredCases[] = []
for (const jobs of values.jobs.split(',').map(Number)) {
  const idle = new Map<ContenderName, CaseResult | null>()
  const dispatch = new Map<ContenderName, CaseResult | null>()
  for (const contender of names) {
    console.error(`${jobs.toLocaleString('en')} jobs: ${contender}, load ${loadavg()[0]?.toFixed(1)}`)
    idle.set(contender, await runCase({ kind: 'idle', contender, jobs }, limits))
    const timing = { warmUpMs: Number(values['warm-up']) * 1_000, windowMs: Number(values.seconds) * 1_000 }
    dispatch.set(contender, await runCase({ kind: 'dispatch', contender, jobs, ...timing }, limits))
  }
  measured.push({ jobs, names, idle, dispatch })
}
printCases(measured)
