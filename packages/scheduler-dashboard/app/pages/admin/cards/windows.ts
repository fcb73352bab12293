import { oneOf } from '../../../data/query-fields.ts'

/** The query string's `window`: what the numbers are over. */
export const WINDOW_FIELDS = { window: oneOf(['recent', 'last_hour', 'lifetime']) }
export type WindowName = 'recent' | 'last_hour' | 'lifetime'
