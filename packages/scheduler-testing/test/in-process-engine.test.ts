import { createInProcessEngine } from '@pm/scheduler-core'
import { describeEngine } from '@pm/scheduler-testing/conformance'

describeEngine('in process', async () => ({ engine: createInProcessEngine(), close: async () => {} }))
