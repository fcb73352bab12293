import type { FeedAttributes } from './feeds.ts'

/**
 * The host's providers: the external sources that its jobs call. A package that calls providers makes the source, so
 * that it also declares the conditions of them.
 */
export interface ProvidersSource {
  /**
   * Describes the providers, at most 1,000. Called at every snapshot. An invalid description is left out, and when this
   * throws, the snapshot has the providers of before; both are logged, and a reason of health: `PROVIDERS_INVALID`.
   */
  readonly describe: () => readonly ProviderDescription[]
  /** The conditions that a description may contain (default none). A condition that is not declared is left out. */
  readonly conditions?: readonly ProviderCondition[]
  /** What is told of every provider beside (default nothing). An attribute that is not declared is left out. */
  readonly attributes?: readonly ProviderAttribute[]
}

/** The host's description of an external provider that its jobs call. */
export interface ProviderDescription {
  /** 1 to 100 visible characters, with spaces only between them, and not `__proto__`. */
  readonly name: string
  readonly enabled: boolean
  /** Whether its API key is configured; `null` when it needs none. */
  readonly apiKeyConfigured: boolean | null
  /** How many requests may still be sent; `null` or left out without a quota. */
  readonly quotaRemaining?: number | null
  /**
   * The state of each declared condition, by its name. A condition that is `null` or left out does not apply to this
   * provider. A state that is not declared reads as `null`.
   */
  readonly conditions?: Readonly<Record<string, string | null>>
  /** Values of the declared attributes. One that is left out or has another kind of value reads as `null`. */
  readonly attributes?: FeedAttributes
}

/**
 * A package's own condition of providers, such as the circuit of a circuit breaker. It is a field of every provider in
 * a response, and has the metric `provider_<name>`.
 */
export interface ProviderCondition<S extends string = string> {
  /** Lower case with underscores, and none of the fields that every provider has. */
  readonly name: string
  /** The possible states, from best to worst. */
  readonly states: readonly S[]
  /** The title of its metric, such as `Circuit`. */
  readonly title: string
  /** The help text of its metric. */
  readonly help: string
  /** The state that operators are alerted to after five minutes (default none). */
  readonly alarm?: ConditionAlarm<S> | undefined
}

/** Something that a package tells of every provider, such as why its circuit is open. Never a number: those are metrics. */
export interface ProviderAttribute {
  /** Its field in a response: lower case with underscores, no condition, and none of the fields of every provider. */
  readonly name: string
  readonly kind: ProviderAttributeKind
  readonly help: string
}

/** `instant` is in milliseconds since 1970; a response writes it as a time. */
export const PROVIDER_ATTRIBUTE_KINDS = ['text', 'flag', 'instant'] as const
export type ProviderAttributeKind = (typeof PROVIDER_ATTRIBUTE_KINDS)[number]

export interface ConditionAlarm<S extends string = string> {
  readonly state: S
  /** The end of a sentence that begins with the name of the provider: `is not asked: its circuit is open`. */
  readonly summary: string
  readonly description: string
}

/** The fields that every provider has in a response. No condition or attribute has one of these names. */
export const PROVIDER_FIELDS: readonly string[] = [
  'name',
  'enabled',
  'api_key_configured',
  'last_success_at',
  'quota_remaining',
  'windows',
]
