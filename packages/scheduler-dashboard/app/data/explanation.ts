import type { MetricExplanationView } from '@pm/scheduler-core/contract/v2'

import type { View } from '../live/topic.ts'
import type { Api } from './api.ts'

/** Whose number it is. */
export interface MetricSubject {
  readonly kind: 'job' | 'feed' | 'provider' | 'instance'
  readonly name: string
}

export interface AskedMetric {
  readonly id: string
  readonly view: View
  readonly of?: MetricSubject | undefined
  readonly window?: 'lifetime' | 'recent' | 'last_hour' | undefined
}

export type ExplainedNumber = MetricExplanationView['values'][number]

/** How many are told of where nobody says of whom. */
const MOST = 5
/** Names that contain the asked one come on the same page. */
const NAMESAKES = 200

/** How a number came about, from the status or the list that has it; `undefined` where the server does not say. */
export async function readExplanation(
  api: Api,
  { id, view, of }: AskedMetric,
): Promise<MetricExplanationView | undefined> {
  const named = { explain: id, limit: NAMESAKES } as const
  if (of?.kind === 'job') return (await api.admin.jobs({ ...named, search: of.name, fields: 'name' })).explain
  if (of?.kind === 'feed')
    return (await api.marketData.freshness({ ...named, search: of.name, fields: 'status' })).explain
  return (await api[view].status({ explain: id, fields: 'scheduler' })).explain
}

/** The values that a reader of this number looks at: of its subject or else of all together, in its window. */
export function valuesFor(
  { values }: MetricExplanationView,
  { of, window }: Pick<AskedMetric, 'of' | 'window'>,
): readonly ExplainedNumber[] {
  const inWindow = values.filter((one) => window === undefined || one.window === null || one.window === window)
  if (of) return inWindow.filter((one) => one.of === of.kind && one.name === of.name)
  const ofAll = inWindow.filter((one) => one.of === 'all')
  return ofAll.length > 0 ? ofAll : inWindow.slice(0, MOST)
}

/** Why there is no value, or why it is not exact; `null` where there is nothing to say. */
export function doubtOf({ value, counts, reason }: ExplainedNumber): 'inexact' | 'nothingCounted' | 'notKnown' | null {
  if (reason !== undefined) return 'inexact'
  if (value !== null) return null
  const terms = Object.values(counts)
  return terms.length > 0 && terms.every((count) => count === 0) ? 'nothingCounted' : 'notKnown'
}
