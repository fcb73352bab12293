import { describeEngine } from '@pm/scheduler-testing/conformance'
import { hasRedis } from '@pm/testlab/redis'
import { describe } from 'vitest'

import { createBullmqHarness } from './bullmq-harness.ts'

describe.skipIf(!hasRedis('the conformance of the engine on BullMQ'))('BullMQ', () => {
  describeEngine('BullMQ', createBullmqHarness)
})
