import type { MetricDefinition } from '../metrics/definition.ts'
import type { MetricScope, Part } from '../metrics/scope.ts'
import type { Listed } from '../metrics/subjects.ts'
import type { WindowId } from '../run/windows.ts'
import type { Fact } from './facts.ts'

declare const inResponse: unique symbol

/**
 * A field of a view: bound to a metric or a fact, or made of such fields. No field computes a value of its own.
 *
 * @typeParam V its type in the response.
 * @typeParam N the subjects of which it has to name one, such as `job`; none at the root of a view.
 */
export type ViewNode<V = unknown, N extends Listed = Listed> = (
  | MetricNode
  | FactNode
  | OwnNode
  | FeedCountsNode
  | ListNode
  | OptionalNode
  | NullableNode
) & { readonly [inResponse]?: { readonly value: V; readonly needs: N } }

/** The fields of an object in a response. */
export type Fields<N extends Listed = Listed> = {
  readonly [name: string]: ViewNode<unknown, N> | ConditionsPlace<N> | Fields<N>
}

/** The place of the declared conditions and attributes of a provider: one field for each, under its own name. */
export interface ConditionsPlace<N extends Listed = Listed> {
  readonly kind: 'conditions'
  readonly [inResponse]?: { readonly value: unknown; readonly needs: N }
}

/** One metric, over one window where it has windows. */
export interface MetricNode {
  readonly kind: 'metric'
  readonly id: string
  readonly metric: MetricDefinition
  readonly window: WindowId | null
  /** The named job or provider; `null` for the one at this place of the view. */
  readonly target: { readonly subject: 'job' | 'provider'; readonly name: string } | null
  /** Whether a sum that is no longer exact is shown as 2^53 - 1, where it stopped, instead of `null`. */
  readonly neverNull?: true
}

/** A value that is not a number: a name, a state, a code. */
export interface FactNode {
  readonly kind: 'fact'
  readonly id: string
  readonly fact: Fact
}

/** The value of the host's own metric at this place of the view. */
export interface OwnNode {
  readonly kind: 'own'
}

/** How many feeds are in each status: an object with a number for each grade and each word that the host's feeds have. */
export interface FeedCountsNode {
  readonly kind: 'feed-counts'
}

/** The same fields for every job, provider, feed or instance, or for a part of them: as a list, or by their names. */
export type ListNode = { [L in Listed]: ListOf<L> }[Listed]

interface ListOf<L extends Listed> {
  readonly kind: 'list'
  readonly of: L
  /** Which of them; all where it is left out. */
  readonly part?: Part<L> | undefined
  readonly shape: 'list' | 'by-name'
  readonly fields: Fields
}

/** A field that is left out when it does not apply or, with `known`, while it is `null`. */
export interface OptionalNode {
  readonly kind: 'optional'
  readonly applies: 'known' | ((scope: MetricScope) => boolean)
  readonly node: ViewNode
}

/** An object that is `null` as a whole when it does not apply. */
export interface NullableNode {
  readonly kind: 'nullable'
  readonly applies: (scope: MetricScope) => boolean
  readonly fields: Fields
}

/** The type of a node, or of an object of nodes, in the response. */
export type Projected<F> = F extends ViewNode<infer V> ? V : F extends Fields ? ProjectedObject<F> : never

/** Conditions and attributes are typed as unknown, since another host or a later release may add any field beside them. */
type ProjectedObject<F extends Fields> = Simplify<
  { readonly [K in keyof F as K extends OptionalOf<F> | PlaceOf<F> ? never : K]: Projected<F[K]> } & {
    readonly [K in OptionalOf<F>]?: Exclude<Projected<F[K]>, undefined>
  } & ([PlaceOf<F>] extends [never] ? unknown : { readonly [condition: string]: unknown })
>

type PlaceOf<F extends Fields> = { [K in keyof F]: F[K] extends ConditionsPlace ? K : never }[keyof F]
type OptionalOf<F extends Fields> = Exclude<
  { [K in keyof F]: undefined extends Projected<F[K]> ? K : never }[keyof F],
  PlaceOf<F>
>

type Simplify<T> = { [K in keyof T]: T[K] } & {}

/** Whether a field is bound itself, rather than an object of fields. */
export function isNode(field: ViewNode | Fields): field is ViewNode {
  return typeof field['kind'] === 'string'
}
