import { createContext } from 'preact'

import type { AsOf } from './use-as-of.ts'

/** The present of the data, for everything below that counts ages. */
export const AsOfContext = createContext<AsOf>({ nowMs: 0, oldSince: null })
