import * as z from 'zod'
import { lazily } from '../lazily.ts'
import { timeZoneDataOfRuntime } from './process-probe.ts'

/** A version of the time zone data, as a host may name it; that of the runtime by default. */
export const timeZoneDataOption = lazily(() =>
  z
    .string()
    .regex(/^\d{4}[a-z]$/, { error: 'a version of the time zone data, such as 2026a' })
    .nullable()
    .default(() => timeZoneDataOfRuntime()),
)
