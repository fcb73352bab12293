import { z } from 'zod'

/** ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 })

/** Percent with at most two decimals; `null` where nothing was counted. */
export const rate = z.number().min(0).max(100)

export const observedState = z.enum(['running', 'stopped', 'paused', 'error'])
