import { createInProcessEngine } from '@pm/scheduler-core/store'
import { describeEngine } from '@pm/scheduler-testing/conformance'

describeEngine('in process', async () => ({ engine: createInProcessEngine(), close: async () => {} }))
