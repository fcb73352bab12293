import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

import type { PageConfig } from './config.ts'
import type { ApiOf } from './data/api.ts'
import type { Definitions } from './data/definitions.ts'
import type { ToastStore } from './data/toast-store.ts'
import type { PageClock } from './format/page-clock.ts'
import type { LiveHub } from './live/live-hub.ts'
import type { Announcer } from './shell/announcer.ts'
import type { Preferences } from './shell/preferences.ts'

/** Everything that lives as long as the page; made once in main.tsx. */
export interface App {
  readonly config: PageConfig
  readonly mount: string
  readonly clock: PageClock
  readonly hub: LiveHub
  readonly apiOf: ApiOf
  readonly definitions: Definitions
  readonly toasts: ToastStore
  readonly announcer: Announcer
  readonly preferences: Preferences
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('A component is used outside of the app.')
  return app
}
