// What a page in a browser imports: neither types of Node nor those of another package are there.
import { createStatusClient, type StatusClientError } from '@pm/scheduler-core/client'
import { adminStatusV1 } from '@pm/scheduler-core/contract/v1'
import type * as v2 from '@pm/scheduler-core/contract/v2'

const client = createStatusClient({ baseUrl: '', version: 'v2' })
export const subscription = client.admin.subscribe({
  onStatus: (status) => {
    document.title = status.scheduler.name
  },
  onError: (error: StatusClientError) => console.warn(error.code),
})
export const total: number = adminStatusV1.parse({}).total_runs
export type Contract = typeof v2
