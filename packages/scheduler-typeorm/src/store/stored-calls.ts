import {
  CALL_FACTS,
  type CallTally,
  type Histogram,
  histogramBucketOf,
  MAX_COUNT,
  type ProviderCalls,
  toTally,
} from '@pm/scheduler-core/store'

import { corrupt } from '../query.ts'
import { histogramOf, maxOf } from '../sql/tally-columns.ts'
import { countOf, objectOf, textOf } from './stored-json.ts'

/** The calls of a run as they are stored with it: an array with one object per provider. */
export function callsJson(calls: readonly ProviderCalls[]): string {
  return JSON.stringify(
    calls.map(({ provider, tally }) => ({
      provider,
      ...Object.fromEntries(CALL_FACTS.counters.map((counter) => [counter, tally[counter]])),
      ...Object.fromEntries(
        CALL_FACTS.measures.flatMap((measure) => {
          const { max, histogram } = tally.distributions[measure]
          return [
            [maxOf(measure), max],
            [histogramOf(measure), histogram],
          ] as const
        }),
      ),
    })),
  )
}

/** @throws SchedulerError `STORE_CORRUPT` for anything that `callsJson` does not write. */
export function readCalls(stored: unknown): readonly ProviderCalls[] {
  if (!Array.isArray(stored)) throw corrupt('calls', stored)
  return stored.map(readCall).sort((a, b) => (a.provider < b.provider ? -1 : 1))
}

function readCall(stored: unknown): ProviderCalls {
  const fields: Readonly<Record<string, unknown>> = { ...objectOf('calls', stored) }
  const provider = textOf('calls.provider', fields['provider'])
  const tally: CallTally = toTally(CALL_FACTS, {
    count: (counter) => readCount(counter, fields[counter]),
    distribution: (measure) => ({
      max: fields[maxOf(measure)] === null ? null : readCount(maxOf(measure), fields[maxOf(measure)]),
      histogram: readHistogram(histogramOf(measure), fields[histogramOf(measure)]),
    }),
  })
  return { provider, tally }
}

function readCount(field: string, value: unknown): number {
  return countOf(`calls.${field}`, value)
}

function readHistogram(field: string, value: unknown): Histogram {
  if (!Array.isArray(value) || value.length % 2 !== 0) throw corrupt(`calls.${field}`, value)
  const histogram = value.map((number) => readCount(field, number))
  const buckets = histogram.filter((_, index) => index % 2 === 0)
  const isAscending = buckets.every((bucket, index) => bucket > (buckets[index - 1] ?? -1) && bucket <= LAST_BUCKET)
  if (!isAscending) throw corrupt(`calls.${field}`, JSON.stringify(value))
  return histogram
}

const LAST_BUCKET = histogramBucketOf(MAX_COUNT)
