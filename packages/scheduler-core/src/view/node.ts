import type { MetricDefinition } from '../metrics/definition.ts'
import type { MetricScope } from '../metrics/scope.ts'
import type { Listed } from '../metrics/subjects.ts'
import type { WindowId } from '../run/windows.ts'
import type { Fact } from './facts.ts'

declare const told: unique symbol

/**
 * What a field of a view is: bound to a metric or a fact, or made of such fields. There is no field that just computes.
 *
 * @typeParam V what it is in the response.
 * @typeParam N the readings of which it has to be told which one, such as `job`; none at the root of a view.
 */
export type ViewNode<V = unknown, N extends Listed = Listed> = (
  | MetricNode
  | FactNode
  | OwnNode
  | FeedCountsNode
  | ListNode
  | OptionalNode
  | NullableNode
) & { readonly [told]?: { readonly value: V; readonly needs: N } }

/** The fields of an object in a response. */
export type Fields<N extends Listed = Listed> = { readonly [name: string]: ViewNode<unknown, N> | Fields<N> }

/** One metric, over one window where it has windows. */
export interface MetricNode {
  readonly kind: 'metric'
  readonly id: string
  readonly metric: MetricDefinition
  readonly window: WindowId | null
  /** The one job or provider that is meant, by its name; `null` for what the place in the view says. */
  readonly target: { readonly subject: 'job' | 'provider'; readonly name: string } | null
  /** Whether a sum that is no longer exact is told as 2^53 - 1, where it stopped, instead of `null`. */
  readonly neverNull?: true
}

/** Something that is no number: a name, a state, a code. */
export interface FactNode {
  readonly kind: 'fact'
  readonly id: string
  readonly fact: Fact
}

/** The value of the host's own metric that the place in the view says. */
export interface OwnNode {
  readonly kind: 'own'
}

/** How many feeds are in each status: an object with a number for each grade and each word that the host's feeds have. */
export interface FeedCountsNode {
  readonly kind: 'feed-counts'
}

/** The same fields for every job, provider, feed or instance: as a list, or by their names. */
export interface ListNode {
  readonly kind: 'list'
  readonly of: Listed
  readonly shape: 'list' | 'by-name'
  readonly fields: Fields
}

/** A field that is not there at all when it does not apply or, with `known`, while it is `null`. */
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

/** What a node, or an object of them, is in the response. */
export type Projected<F> = F extends ViewNode<infer V> ? V : F extends Fields ? ProjectedObject<F> : never

type ProjectedObject<F extends Fields> = Simplify<
  { readonly [K in keyof F as undefined extends Projected<F[K]> ? never : K]: Projected<F[K]> } & {
    readonly [K in keyof F as undefined extends Projected<F[K]> ? K : never]?: Exclude<Projected<F[K]>, undefined>
  }
>

type Simplify<T> = { [K in keyof T]: T[K] } & {}

/** Whether a field is bound itself, rather than an object of fields. */
export function isNode(field: ViewNode | Fields): field is ViewNode {
  return typeof field['kind'] === 'string'
}
