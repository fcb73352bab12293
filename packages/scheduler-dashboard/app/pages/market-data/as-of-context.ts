import { createContext } from 'preact'

import type { StateName } from '../../ui/icons.tsx'
import type { AsOf } from './use-as-of.ts'

/** The present of the data, for everything below that counts ages. */
export const AsOfContext = createContext<AsOf>({ nowMs: 0, oldSince: null })

/** What was well when the data were read is not known to be well now. What was bad stays so. */
export function unlessOld(state: StateName, { oldSince }: Pick<AsOf, 'oldSince'>): StateName {
  return oldSince !== null && state === 'ok' ? 'unknown' : state
}
