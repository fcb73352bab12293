import { describe, expect, it } from 'vitest'

import { type Measured, NOTHING, scriptedSnapshot } from '../../test/scripted-snapshot.ts'
import { toMarketDataStatusV2 } from '../status/to-status.ts'
import { metricScopeOf, scopesOf } from './scope.ts'

const providers = ['a', 'b', 'c', 'd'].map((name) => ({ name, enabled: true, apiKeyConfigured: null }))

/** Measures in which each provider last succeeded at its instant. */
function succeededAt(...instants: readonly (number | null)[]): Measured {
  const [measured] = NOTHING.providers
  if (!measured) throw new Error('Nothing was measured of any provider.')
  const each = instants.map((lastSuccessAt, at) => ({
    ...measured,
    provider: providers[at]?.name ?? '',
    lastSuccessAt,
  }))
  return { ...NOTHING, providers: each }
}

describe('the scope of a snapshot', () => {
  it('takes the latest success of all providers, in any order', () => {
    const last = (measures: Measured) => {
      const snapshot = scriptedSnapshot({ providers, measures })
      return metricScopeOf({ snapshot, stale: false, ageMs: 0 }).call.lastSuccessAt
    }
    expect(last(succeededAt(null, 5_000, 9_000, 7_000))).toBe(9_000)
    expect(last(succeededAt(9_000, 9_000, null))).toBe(9_000)
    expect(last(succeededAt(null, null))).toBeNull()
  })

  it('has null instead of a list of feeds when they could not be read', () => {
    const feeds = { items: null, error: 'FEEDS_FAILED', counts: UNKNOWN, words: [] } as const
    const reading = { snapshot: { ...scriptedSnapshot(), feeds }, stale: false, ageMs: 0 }
    expect(scopesOf('feed', metricScopeOf(reading))).toBeNull()
    expect(toMarketDataStatusV2(reading)).toMatchObject({
      feeds_attention: { items: null },
      feeds_error: 'FEEDS_FAILED',
      feeds_by_status: UNKNOWN,
    })
  })
})

const UNKNOWN = { fresh: null, stale: null, expired: null, unknown: null, total: null }
