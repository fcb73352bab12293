import { createStatusClient } from '@pm/scheduler-core/client'

globalThis.client = createStatusClient({ baseUrl: '' })
