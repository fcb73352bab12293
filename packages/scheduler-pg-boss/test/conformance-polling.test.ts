import { describeEngine } from '@pm/scheduler-testing/conformance'

import { createEngineBed, deafBoss } from './engine-bed.ts'

const bed = await createEngineBed()

describeEngine("pg-boss, with a boss of the host's that cannot listen", () => bed.harness(deafBoss, 'deaf'))
