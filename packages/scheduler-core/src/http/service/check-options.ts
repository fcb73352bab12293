import * as z from 'zod'

import { STATUS_VERSIONS } from '../../contract/versions.ts'
import { aFunction } from '../../options/a-function.ts'
import { parseOptions } from '../../options/parse-options.ts'
import { isHost } from '../guard/allowed-hosts.ts'
import { unsafeAllowAll } from '../guard/authorize.ts'
import type { HttpServiceOptions } from './options.ts'

/** Checks the options and returns a frozen copy. Throws `INVALID_OPTIONS` with the path of the first mistake. */
export function checkOptions<R>(options: HttpServiceOptions<R>): HttpServiceOptions<R> {
  const { view } = parseOptions(anyView, options, 'http')
  parseOptions(SCHEMAS[view], options, 'http')
  return Object.freeze({ ...options })
}

const anyView = z.looseObject({ view: z.enum(['admin', 'market-data', 'health']) })

const common = {
  view: z.string(),
  onError: aFunction().optional(),
  clock: z.custom((value) => typeof value === 'object' && value !== null, { error: 'a Clock' }).optional(),
}

const live = z.strictObject({
  intervalMs: z.number().min(50).max(3_600_000).optional(),
  heartbeatMs: z.number().min(1_000).max(3_600_000).optional(),
  maxConnectionMs: z.number().min(1_000).max(86_400_000).optional(),
  limits: z.custom((value) => typeof value === 'object' && value !== null, { error: 'StreamLimits' }).optional(),
})

const epochMs = z.int({ error: 'milliseconds since the epoch' }).nonnegative().max(253_402_300_799_999)

const deprecation = z
  .strictObject({
    at: epochMs,
    sunset: epochMs.optional(),
    link: z
      .string()
      .refine((text) => URL.canParse(text) && new URL(text).href === text, { error: 'an absolute URL' })
      .optional(),
  })
  .refine(({ at, sunset = at }) => sunset >= at, { path: ['sunset'], error: 'an instant that is not before "at"' })

const authorizeTimeoutMs = z.number().positive().max(3_600_000).optional()

const guarded = {
  ...common,
  authorize: z.custom((value) => typeof value === 'function' || value === unsafeAllowAll, {
    error: 'a function that decides about every request',
  }),
  authorizeTimeoutMs,
  environment: z.string().optional(),
  allowedHosts: z.array(z.string().refine(isHost, { error: 'a host such as ops.example.com' })).optional(),
  live: live.optional(),
  deprecation: deprecation.optional(),
  version: z.enum(STATUS_VERSIONS).optional(),
  emptyRate: z.union([z.null(), z.literal(0)], { error: 'null or 0' }).optional(),
}

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'an origin such as https://ops.example.com',
})

const admin = {
  ...guarded,
  control: z.boolean().optional(),
  allowedOrigins: z.array(origin).optional(),
  commandLimits: z
    .custom((value) => typeof value === 'object' && value !== null, { error: 'CommandLimits' })
    .optional(),
  runLogUrl: aFunction().optional(),
}

const SCHEMAS = {
  admin: z.strictObject(admin).superRefine(refuseOpenDoor).superRefine(refuseEmptyRate),
  'market-data': z.strictObject(guarded).superRefine(refuseOpenDoor).superRefine(refuseEmptyRate),
  health: z.strictObject({ ...common, authorize: aFunction().optional(), authorizeTimeoutMs }),
}

function refuseOpenDoor(
  { authorize, environment }: { readonly authorize: unknown; readonly environment?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (authorize !== unsafeAllowAll) return
  // What the process says cannot be talked away by an option.
  const said = [environment, globalThis.process?.env?.['NODE_ENV'] ?? environment]
  if (said.every((one) => one === 'development' || one === 'test')) return
  const message = 'a function: unsafeAllowAll works only where NODE_ENV is development or test'
  context.addIssue({ code: 'custom', path: ['authorize'], message })
}

/** Version 2 always shows an unknown value as `null`. */
function refuseEmptyRate(
  { version, emptyRate }: { readonly version?: string | undefined; readonly emptyRate?: unknown },
  context: z.RefinementCtx,
): void {
  if (version !== 'v2' || emptyRate !== 0) return
  context.addIssue({ code: 'custom', path: ['emptyRate'], message: 'null: version 2 says what is unknown' })
}
