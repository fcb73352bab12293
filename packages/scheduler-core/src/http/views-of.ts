import type { SchedulerSnapshot } from '../snapshot/snapshot.ts'
import { toAdminStatus, toMarketDataStatus } from '../snapshot/to-status.ts'
import type { HttpServiceOptions } from './options.ts'
import type { Route } from './route.ts'
import { adminControlRoutes } from './routes/admin-control-routes.ts'
import { adminReadRoutes } from './routes/admin-read-routes.ts'
import { healthRoutes } from './routes/health-routes.ts'
import { marketDataRoutes } from './routes/market-data-routes.ts'

/** The routes that these options ask for. */
export function routesOf(options: HttpServiceOptions<never>): readonly Route[] {
  switch (options.view) {
    case 'admin':
      return options.control === true ? [...adminReadRoutes, ...adminControlRoutes] : adminReadRoutes
    case 'market-data':
      return marketDataRoutes
    case 'health':
      return healthRoutes
  }
}

/** What `/status` of the view shows of a snapshot. */
export function projectionOf(options: HttpServiceOptions<never>): (snapshot: SchedulerSnapshot) => object {
  switch (options.view) {
    case 'admin': {
      const { emptyRate = null } = options
      return (snapshot) => toAdminStatus(snapshot, { emptyRate })
    }
    case 'market-data': {
      const { emptyRate = null } = options
      return (snapshot) => toMarketDataStatus(snapshot, { emptyRate })
    }
    case 'health':
      return () => ({})
  }
}
