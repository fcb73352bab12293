import { adminStatusV2 } from '../../contract/status-v2.ts'
import type { StatusVersion } from '../../contract/versions.ts'
import type { FeedWord } from '../../ports/feeds.ts'
import { toAdminStatus, toMarketDataStatus } from '../../status/to-status.ts'
import type { StatusAnswersOptions } from '../events/status-answers.ts'
import type { HttpView } from '../guard/access.ts'
import { adminControlRoutes } from '../routes/admin-control-routes.ts'
import { adminReadRoutes } from '../routes/admin-read-routes.ts'
import { healthRoutes } from '../routes/health-routes.ts'
import { feedSchemasFor, marketDataRoutes } from '../routes/market-data-routes.ts'
import type { Route } from '../routes/route.ts'
import { inVersion2, PROJECTIONS_V2 } from '../routes/status-route-v2.ts'
import type { HttpServiceOptions } from './options.ts'

/** The options that decide which routes there are. The options of every view fit. */
export interface RouteSelection {
  readonly view: HttpView
  readonly control?: boolean
  readonly version?: StatusVersion
  /** The words that the host's feeds have beside the grades (default none). */
  readonly feedWords?: readonly FeedWord[]
}

/** The routes for these options. */
export function routesOf({ view, control = false, version = 'v1', feedWords = [] }: RouteSelection): readonly Route[] {
  if (view === 'health') return healthRoutes
  const isV2 = version === 'v2'
  if (view === 'admin') {
    const routes = adminRoutes(control)
    return isV2 ? inVersion2(routes, { audience: view, name: 'adminStatusV2', schema: adminStatusV2 }) : routes
  }
  const { freshness, marketDataStatusV2: schema } = feedSchemasFor(feedWords)
  const routes = marketDataRoutes({ freshness })
  return isV2 ? inVersion2(routes, { audience: view, name: 'marketDataStatusV2', schema }) : routes
}

function adminRoutes(control: boolean): readonly Route[] {
  return control ? [...adminReadRoutes, ...adminControlRoutes] : adminReadRoutes
}

/** The projection of a snapshot to the view's `/status`. */
export function projectionOf(options: HttpServiceOptions<never>): StatusAnswersOptions {
  const { view } = options
  if (view === 'health') return { label: view, project: () => ({}) }
  const { version = 'v1', emptyRate = null } = options
  const label = `${view}.${version}`
  if (version === 'v2') return { label, tellsAge: true, project: PROJECTIONS_V2[view] }
  const toStatus = view === 'admin' ? toAdminStatus : toMarketDataStatus
  return { label, project: ({ snapshot }) => toStatus(snapshot, { emptyRate }) }
}
