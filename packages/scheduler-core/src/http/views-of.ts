import type { SnapshotReading } from '../snapshot/snapshot.ts'
import { toAdminStatus, toAdminStatusV2, toMarketDataStatus, toMarketDataStatusV2 } from '../snapshot/to-status.ts'
import type { HttpServiceOptions } from './options.ts'
import type { Route } from './route.ts'
import { adminControlRoutes } from './routes/admin-control-routes.ts'
import { adminReadRoutes } from './routes/admin-read-routes.ts'
import { healthRoutes } from './routes/health-routes.ts'
import { marketDataRoutes } from './routes/market-data-routes.ts'
import { inVersion2 } from './routes/status-route-v2.ts'
import type { StatusAnswersOptions } from './status-answers.ts'

/** The routes that these options ask for. */
export function routesOf(options: HttpServiceOptions<never>): readonly Route[] {
  switch (options.view) {
    case 'admin': {
      const routes = options.control === true ? [...adminReadRoutes, ...adminControlRoutes] : adminReadRoutes
      return options.version === 'v2' ? inVersion2(routes, 'admin') : routes
    }
    case 'market-data':
      return options.version === 'v2' ? inVersion2(marketDataRoutes, 'market-data') : marketDataRoutes
    case 'health':
      return healthRoutes
  }
}

/** What `/status` of the view shows of a snapshot. */
export function projectionOf(options: HttpServiceOptions<never>): StatusAnswersOptions {
  const { view } = options
  if (view === 'health') return { label: view, project: () => ({}) }
  const { version = 'v1', emptyRate = null } = options
  const label = `${view}.${version}`
  if (version === 'v2') return { label, tellsAge: true, project: VERSION_2[view] }
  const toStatus = view === 'admin' ? toAdminStatus : toMarketDataStatus
  return { label, project: ({ snapshot }) => toStatus(snapshot, { emptyRate }) }
}

const VERSION_2 = { admin: toAdminStatusV2, 'market-data': toMarketDataStatusV2 } as const satisfies Record<
  string,
  (reading: SnapshotReading) => object
>
