import { createMemoryBackend } from '@pm/scheduler-core'
import { describeScheduler } from '@pm/scheduler-testing/conformance'

describeScheduler('memory', async () => ({ ...createMemoryBackend(), close: async () => {} }))
