import { adminEventV2For, marketDataEventV2For } from '../../contract/events.ts'
import { adminStatusV2For, marketDataStatusV2For } from '../../contract/status-v2.ts'
import type { StatusVersion } from '../../contract/versions.ts'
import { type Declared, NOTHING_DECLARED } from '../../ports/declared.ts'
import { toAdminStatus, toMarketDataStatus } from '../../status/to-status.ts'
import type { StatusAnswersOptions } from '../events/status-answers.ts'
import type { HttpView } from '../guard/access.ts'
import { adminControlRoutes } from '../routes/admin-control-routes.ts'
import { adminReadRoutes } from '../routes/admin-read-routes.ts'
import { healthRoutes } from '../routes/health-routes.ts'
import { marketDataRoutes } from '../routes/market-data-routes.ts'
import type { Route } from '../routes/route.ts'
import { inVersion2, VIEWS_V2 } from '../routes/status-route-v2.ts'
import type { HttpServiceOptions } from './options.ts'

/** The options that decide which routes there are. The options of every view fit. */
export interface RouteSelection {
  readonly view: HttpView
  readonly control?: boolean
  readonly version?: StatusVersion
  /** What the host's sources declare, or its scheduler (default nothing). */
  readonly declared?: Declared
}

/** The routes for these options. */
export function routesOf({
  view,
  control = false,
  version = 'v1',
  declared = NOTHING_DECLARED,
}: RouteSelection): readonly Route[] {
  if (view === 'health') return healthRoutes
  const routes = view === 'admin' ? adminRoutes(control) : marketDataRoutes(declared)
  return version === 'v2' ? inVersion2(routes, STATUS_V2[view](declared)) : routes
}

const STATUS_V2 = {
  admin: (declared: Declared) =>
    ({
      audience: 'admin',
      name: 'adminStatusV2',
      schema: adminStatusV2For(declared),
      eventName: 'adminEventV2',
      event: adminEventV2For(declared),
    }) as const,
  'market-data': (declared: Declared) =>
    ({
      audience: 'market-data',
      name: 'marketDataStatusV2',
      schema: marketDataStatusV2For(declared),
      eventName: 'marketDataEventV2',
      event: marketDataEventV2For(declared),
    }) as const,
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
  if (version === 'v2') return { label, tellsAge: true, project: (reading) => VIEWS_V2[view].project(reading) }
  const toStatus = view === 'admin' ? toAdminStatus : toMarketDataStatus
  return { label, project: ({ snapshot }) => toStatus(snapshot, { emptyRate }) }
}
