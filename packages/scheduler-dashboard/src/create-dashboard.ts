import type { Scheduler } from '@pm/scheduler-core'
import type { HttpSite } from '@pm/scheduler-core/http'

import { appFolder } from './assets/app-folder.ts'
import { composeDashboard } from './compose-dashboard.ts'
import type { DashboardOptions } from './options/dashboard-options.ts'

/**
 * The pages of one or several schedulers, with the routes that they ask, for an adapter to mount below any path. They
 * only read, unless `control` is set. Throws `INVALID_OPTIONS` with the path of the first mistake.
 */
export function createDashboard<R>(
  schedulers: Scheduler | readonly Scheduler[],
  options: DashboardOptions<R>,
): HttpSite<R> {
  return composeDashboard({ schedulers, options, folder: appFolder() })
}
