import { useErrorBoundary } from 'preact/hooks'
import { Redirect, Route, Switch } from 'wouter-preact'

import { useApp } from '../app-context.ts'
import { toFailure } from '../data/failure.ts'
import { type PageName, pagesOf, routes } from '../routes.ts'
import { strings } from '../strings/index.ts'
import { Empty, ErrorState, Forbidden } from '../ui/messages.tsx'
import { lazy } from './lazy.tsx'

const Admin = lazy(async () => (await import('../pages/admin/index.tsx')).AdminPage)
const MarketData = lazy(async () => (await import('../pages/market-data/index.tsx')).MarketDataPage)
const System = lazy(async () => (await import('../pages/system/index.tsx')).SystemPage)

/** The page of the present path, of those that the viewer may see. */
export function Pages() {
  const shown = pagesOf(useApp().config).map(({ page }) => page)
  const has = (page: PageName) => shown.includes(page)
  const [error, reset] = useErrorBoundary()
  if (error !== undefined) return <ErrorState failure={toFailure(error)} onRetry={reset} />
  if (shown.length === 0) return <Forbidden />
  return (
    <Switch>
      <Route path="/">
        {has('admin') ? <Admin /> : <Redirect to={has('marketData') ? routes.marketData() : routes.system()} replace />}
      </Route>
      <Route path="/market-data/*?">{has('marketData') ? <MarketData /> : <Forbidden />}</Route>
      <Route path="/system/*?">{has('system') ? <System /> : <Forbidden />}</Route>
      <Route>
        <Empty {...strings.shell.notFound} />
      </Route>
    </Switch>
  )
}
