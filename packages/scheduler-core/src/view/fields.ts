import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { NO_LONGER_EXACT } from '../metrics/compute.ts'
import { OBSERVED_STATES } from '../reading/snapshot.ts'

/** ISO 8601 in UTC with milliseconds. */
export const timestamp = lazily(() => z.iso.datetime({ precision: 3 }))

/** Percent with at most two decimals; `null` where nothing was counted. */
export const rate = lazily(() => z.number().min(0).max(100))

/** A whole number of things, 0 or more. */
export const count = lazily(() => z.int().nonnegative())

/** A mean, a duration or a lateness in milliseconds. */
export const milliseconds = lazily(() => z.number().nonnegative())

/** Why a value is `null`: one of its sums has reached 2^53 - 1, where counting stops. Left out otherwise. */
export const noLongerExact = lazily(() => z.literal(NO_LONGER_EXACT))

export const observedState = lazily(() => z.enum(OBSERVED_STATES))
