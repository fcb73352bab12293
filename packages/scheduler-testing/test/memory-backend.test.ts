import { createMemoryBackend } from '@pm/scheduler-core'
import { describeStore } from '@pm/scheduler-testing/conformance'

describeStore('memory', async () => ({ ...createMemoryBackend(), close: async () => {} }))
