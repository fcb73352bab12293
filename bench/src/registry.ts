import { abandonedReadsBench } from './abandoned-reads/bench.ts'
import type { Bench } from './bench.ts'
import { durableBench } from './durable/bench.ts'
import { importBench } from './import/bench.ts'
import { liveBench } from './live/bench.ts'
import { memoryBench } from './memory/bench.ts'
import { nextDueBench } from './next-due/bench.ts'
import { overheadBench } from './overhead/bench.ts'
import { pagesBench } from './pages/bench.ts'
import { queueBench } from './queue/bench.ts'
import { schedulingBench } from './scheduling/bench.ts'
import { setUpBench } from './set-up/bench.ts'
import { snapshotBench } from './snapshot/bench.ts'
import { statusBench } from './status/bench.ts'
import { symbolsBench } from './symbols/bench.ts'

/** Every bench, in the order in which they run. The folder of each has its name. */
export const BENCHES: readonly Bench[] = [
  importBench,
  setUpBench,
  nextDueBench,
  overheadBench,
  schedulingBench,
  memoryBench,
  snapshotBench,
  statusBench,
  liveBench,
  durableBench,
  queueBench,
  symbolsBench,
  abandonedReadsBench,
  pagesBench,
]
