import { describeEngine } from '@pm/scheduler-testing/conformance'
import { PgBoss } from 'pg-boss-12.26'

import { createEngineBed, hostBoss } from './engine-bed.ts'

const bed = await createEngineBed()

describeEngine("pg-boss, with a boss of the host's at the lowest release", () =>
  bed.harness(hostBoss(PgBoss), 'boss_12_26'),
)
