import { describeEngine } from '@pm/scheduler-testing/conformance'

import { createEngineBed, ownBoss } from './engine-bed.ts'

const bed = await createEngineBed()

describeEngine('pg-boss, with a connection of its own', () => bed.harness(ownBoss, 'pgboss'))
