import type { Scheduler } from '@pm/scheduler-core'
import { createSiteFetchHandler, type FetchHandler } from '@pm/scheduler-core/http'

import { createDashboard } from './create-dashboard.ts'
import type { DashboardOptions } from './options/dashboard-options.ts'

export interface DashboardHandlerOptions extends DashboardOptions<Request> {
  /** Where the handler is mounted in its server, such as `/admin` (default the root). */
  readonly mountPath?: string
}

/** The pages as a function from `Request` to `Response`, for every framework with these types. */
export function createDashboardHandler(
  schedulers: Scheduler | readonly Scheduler[],
  options: DashboardHandlerOptions,
): FetchHandler {
  const { mountPath = '', ...rest } = { ...options }
  return createSiteFetchHandler(createDashboard<Request>(schedulers, rest), { basePath: mountPath })
}
