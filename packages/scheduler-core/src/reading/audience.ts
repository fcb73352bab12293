import { refuseOption } from '../options/refuse-option.ts'

/** The audiences that the library has status views for. */
export const AUDIENCES = ['admin', 'market-data'] as const
export type LibraryAudience = (typeof AUDIENCES)[number]

const BRAND = Symbol.for('@pm/scheduler-core/Audience')

/** An audience made with `defineAudience`. Two with the same name are the same. */
export interface HostAudience<N extends string = string> {
  readonly name: N
  readonly [BRAND]: true
}

/** The readers of a metric or a view: an audience of the library, by its name, or one of the host's own. */
export type Audience = LibraryAudience | HostAudience

/**
 * Declares an audience of the host's own, such as `risk`, for `defineMetric` and `defineView`. It sees the metrics that
 * name it, and those that are public and for both audiences of the library. Throws `INVALID_OPTIONS` for other
 * characters than lower-case letters, digits and dashes, and for the name of a library audience.
 */
export function defineAudience<const N extends string>(name: N): HostAudience<N> {
  const isName = typeof name === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(name)
  if (!isName || isLibraryAudience(name)) {
    const expected = 'lower-case letters, digits and dashes, and not the name of an audience that the library has'
    refuseOption({ path: 'audience', value: name, expected })
  }
  return Object.freeze({ name, [BRAND]: true } as const)
}

/**
 * The name of an audience. Throws `INVALID_OPTIONS` at `path` for any other value; a plain string must be a library
 * audience.
 */
export function audienceName(audience: Audience, path: string): string {
  if (typeof audience === 'string' && isLibraryAudience(audience)) return audience
  if (isHostAudience(audience)) return audience.name
  const expected = `${AUDIENCES.map((name) => `"${name}"`).join(', ')} or what defineAudience made`
  return refuseOption({ path, value: audience, expected, known: AUDIENCES })
}

export function isLibraryAudience(name: string): name is LibraryAudience {
  return AUDIENCES.some((audience) => audience === name)
}

function isHostAudience(value: unknown): value is HostAudience {
  return typeof value === 'object' && value !== null && BRAND in value
}
