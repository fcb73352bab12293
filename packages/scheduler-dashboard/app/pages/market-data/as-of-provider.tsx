import type { ComponentChildren } from 'preact'

import type { LiveState } from '../../live/live-state.ts'
import { AsOfContext } from './as-of-context.ts'
import { useAsOf } from './use-as-of.ts'

/** Gives the present of the data to all below. Each second only what counts ages is rendered anew, not the page. */
export function AsOfProvider({ live, children }: { readonly live: LiveState; readonly children: ComponentChildren }) {
  return <AsOfContext.Provider value={useAsOf(live)}>{children}</AsOfContext.Provider>
}
