import { MAX_DESCRIBED_PROVIDERS } from '../limits.ts'
import type { Logger } from '../ports/logger.ts'
import { isProviderName } from '../ports/provider-name.ts'
import type { ProviderAttribute, ProviderCondition, ProviderDescription } from '../ports/providers.ts'
import { toAttributes } from './to-attributes.ts'

/** The host's providers as snapshots have them. */
export interface GuardedProviders {
  /**
   * Plain copies of the valid descriptions, the first of each name; those of before when the host throws or answers no
   * list. It never throws.
   */
  describe(): readonly ProviderDescription[]
  /** Whether the last answer of `describe` has a provider of this name. */
  has(name: string): boolean
  /** Whether the host's last answer was not taken as it is. */
  readonly isInvalid: boolean
}

export interface GuardedProvidersOptions {
  readonly host: () => readonly ProviderDescription[]
  readonly conditions: readonly ProviderCondition[]
  /** What is told of every provider beside (default nothing). */
  readonly attributes?: readonly ProviderAttribute[]
  /** A name as it is stored and shown. */
  readonly label: (name: string) => string
  readonly logger: Logger
}

/** The same descriptions, with the names as they are stored and shown. What has no name stays as it is. */
export function withLabels(
  given: readonly ProviderDescription[],
  label: (name: string) => string,
): readonly ProviderDescription[] {
  return given.map((one) => ({ ...one, name: label(one.name) }))
}

export function guardProviders({ host, logger, ...terms }: GuardedProvidersOptions): GuardedProviders {
  let known: readonly ProviderDescription[] = []
  let isInvalid = false

  /** Logs once, until an answer is valid again. */
  function complain(what: object, message: string): void {
    if (!isInvalid) logger.error(what, message)
    isInvalid = true
  }

  function check(given: readonly ProviderDescription[]): readonly ProviderDescription[] {
    const found = new Map<string, ProviderDescription>()
    let leftOut = Math.max(0, given.length - MAX_DESCRIBED_PROVIDERS)
    for (const one of given.slice(0, MAX_DESCRIBED_PROVIDERS)) {
      const description = toDescription(one, terms)
      if (description === null || found.has(description.name)) leftOut++
      else found.set(description.name, description)
    }
    if (leftOut > 0)
      complain({ leftOut }, 'Providers are left out whose description is invalid, double or one too many')
    else isInvalid = false
    return [...found.values()]
  }

  return {
    describe() {
      try {
        known = check(host())
      } catch (err) {
        complain({ err }, 'The host could not describe its providers')
      }
      return known
    },
    has: (name) => known.some((provider) => provider.name === name),
    get isInvalid() {
      return isInvalid
    },
  }
}

/** `null` for one that has no valid name, or throws when it is read. An impossible quota is unknown. */
function toDescription(
  given: ProviderDescription,
  { conditions: declared, attributes: told = [], label }: Omit<GuardedProvidersOptions, 'host' | 'logger'>,
): ProviderDescription | null {
  try {
    const { enabled, apiKeyConfigured, quotaRemaining, conditions, attributes } = given
    const name = label(given.name)
    if (!isProviderName(name)) return null
    const states = declared.map((condition) => [condition.name, stateIn(conditions, condition)] as const)
    return {
      name,
      enabled: enabled === true,
      apiKeyConfigured: typeof apiKeyConfigured === 'boolean' ? apiKeyConfigured : null,
      quotaRemaining: typeof quotaRemaining === 'number' ? quotaRemaining : null,
      conditions: Object.fromEntries(states),
      ...(told.length > 0 && { attributes: toAttributes(attributes ?? {}, { attributes: told, toText: label }) }),
    }
  } catch {
    return null
  }
}

/** The declared state that it is in. */
function stateIn(conditions: ProviderDescription['conditions'], { name, states }: ProviderCondition): string | null {
  if (!conditions || !Object.hasOwn(conditions, name)) return null
  const state = conditions[name]
  return states.find((one) => one === state) ?? null
}
