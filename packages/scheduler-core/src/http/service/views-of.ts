import type { StatusVersion } from '../../contract/versions.ts'
import { toAdminStatus, toMarketDataStatus } from '../../status/to-status.ts'
import type { StatusAnswersOptions } from '../events/status-answers.ts'
import type { HttpView } from '../guard/access.ts'
import { adminControlRoutes } from '../routes/admin-control-routes.ts'
import { adminReadRoutes } from '../routes/admin-read-routes.ts'
import { healthRoutes } from '../routes/health-routes.ts'
import { marketDataRoutes } from '../routes/market-data-routes.ts'
import type { Route } from '../routes/route.ts'
import { inVersion2, STATUS_V2 } from '../routes/status-route-v2.ts'
import type { HttpServiceOptions } from './options.ts'

/** What decides which routes there are; the options of every view do. */
export interface RouteSelection {
  readonly view: HttpView
  readonly control?: boolean
  readonly version?: StatusVersion
}

/** The routes that these options ask for. */
export function routesOf({ view, control = false, version = 'v1' }: RouteSelection): readonly Route[] {
  if (view === 'health') return healthRoutes
  const routes = view === 'admin' ? adminRoutes(control) : marketDataRoutes
  return version === 'v2' ? inVersion2(routes, view) : routes
}

function adminRoutes(control: boolean): readonly Route[] {
  return control ? [...adminReadRoutes, ...adminControlRoutes] : adminReadRoutes
}

/** What `/status` of the view shows of a snapshot. */
export function projectionOf(options: HttpServiceOptions<never>): StatusAnswersOptions {
  const { view } = options
  if (view === 'health') return { label: view, project: () => ({}) }
  const { version = 'v1', emptyRate = null } = options
  const label = `${view}.${version}`
  if (version === 'v2') return { label, tellsAge: true, project: STATUS_V2[view].project }
  const toStatus = view === 'admin' ? toAdminStatus : toMarketDataStatus
  return { label, project: ({ snapshot }) => toStatus(snapshot, { emptyRate }) }
}
