import './styles/index.css'

import { render } from 'preact'
import { Router } from 'wouter-preact'

import { type App, AppContext } from './app-context.ts'
import { mountPath, readConfig } from './config.ts'
import { createApiOf } from './data/api.ts'
import { createDefinitions } from './data/definitions.ts'
import { createToastStore } from './data/toast-store.ts'
import { createPageClock } from './format/page-clock.ts'
import { createLiveHub } from './live/live-hub.ts'
import { createAnnouncer } from './shell/announcer.ts'
import { showFavicon } from './shell/favicon.ts'
import { Pages } from './shell/pages.tsx'
import { createPreferences } from './shell/preferences.ts'
import { renderByFrame } from './shell/render-by-frame.ts'
import { Shell } from './shell/shell.tsx'

/** Makes what lives as long as the page. */
function createApp(): App {
  const config = readConfig(document)
  const mount = mountPath(document)
  const clock = createPageClock()
  clock.calibrate(config.servedAt + ageOfPage())
  const apiOf = createApiOf(mount, clock)
  return {
    config,
    mount,
    clock,
    hub: createLiveHub({ mount, build: config.build }),
    apiOf,
    definitions: createDefinitions(apiOf),
    toasts: createToastStore(),
    announcer: createAnnouncer(),
    preferences: createPreferences(),
  }
}

/** How long ago the server answered with the page. */
function ageOfPage(): number {
  const [opening] = performance.getEntriesByType('navigation')
  return opening instanceof PerformanceNavigationTiming ? performance.now() - opening.responseStart : 0
}

renderByFrame()
const app = createApp()
showFavicon(app.hub, document)
render(
  <AppContext.Provider value={app}>
    <Router base={app.mount}>
      <Shell>
        <Pages />
      </Shell>
    </Router>
  </AppContext.Provider>,
  document.getElementById('app') ?? document.body,
)
