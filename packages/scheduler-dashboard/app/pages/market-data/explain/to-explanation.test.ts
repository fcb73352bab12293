import { describe, expect, it } from 'vitest'

import { aFeed, ago, aProvider, NOW } from '../test-feeds.ts'
import { type Facts, readFacts, toFacts, writeFacts } from './facts.ts'
import { toExplanation } from './to-explanation.ts'

const sayAt = (ms: number) => new Date(ms).toISOString().slice(11, 19)
const live = { nowMs: NOW, sayAt, isFrozen: false }
const factsOf = (feed = aFeed(), provider: ReturnType<typeof aProvider> | undefined = aProvider()): Facts =>
  toFacts({ asOf: ago(0), feed, provider })

function textsOf(facts: Facts, telling = live): readonly string[] {
  return toExplanation(facts, telling).sentences.map(({ text }) => text)
}

describe('the explanation of a freshness', () => {
  it('tells the data, what was due, who is behind it and how it used to be', () => {
    const { state, verdict } = toExplanation(factsOf(), live)
    expect({ state, verdict }).toEqual({ state: 'late', verdict: 'It is late.' })
    expect(textsOf(factsOf())).toEqual([
      'Its latest data are of 11:48:00, 12 min ago.',
      'It was fetched last at 11:49:00, 11 min ago.',
      'Its value changed last at 11:30:00, 30 min ago.',
      'The next data were due by 11:53:00. It is late by 7 min.',
      'Nothing keeps yahoo from being asked. Of its 200 recent calls, 99 % brought data. It last brought data 3 min ago.',
      'Of the updates that were due in the recent window, 87.5 % came in time.',
    ])
  })

  it('says who keeps it from coming', () => {
    const behind = (change: Parameters<typeof aProvider>[0]) => textsOf(factsOf(aFeed(), aProvider(change))).at(-2)
    expect(behind({ circuit: 'open' })).toMatch(/its circuit is open/)
    const why = { circuit: 'open', circuit_reason: 'TIMEOUT', circuit_until: ago(-8) }
    expect(behind(why)).toBe('yahoo is not asked until 12:08:00: its circuit is open, since it did not answer in time.')
    expect(behind({ enabled: false })).toMatch(/switched off/)
    expect(behind({ api_key_configured: false })).toMatch(/No API key/)
    expect(behind({ quota_remaining: 0 })).toMatch(/no calls are left/)
    expect(behind({ circuit: 'half_open' })).toMatch(/asked once/)
    expect(textsOf({ ...factsOf(), provider: null }).at(-2)).toMatch(/not among the providers/)
  })

  it('is calm where nothing is due, and has no data where none came', () => {
    const closed = factsOf(aFeed({ status: 'market_closed', expected_by: null, attainment_pct: null }))
    expect(toExplanation(closed, live).verdict).toBe('Nothing is due of it now: market closed.')
    expect(textsOf(closed)).toContain('Nothing is due now, so it cannot be late.')
    const none = aFeed({ status: 'unknown', event_time: null, fetched_at: null, changed_at: null, expected_by: null })
    expect(textsOf(factsOf(none))[0]).toBe('No data have ever come.')
    expect(textsOf(factsOf(aFeed({ status: 'fresh', expected_by: ago(-3) })))).toContain(
      'The next data are due by 12:03:00, in 3 min. It is not late.',
    )
  })

  it('answers what an analyst asks: by which rule, where, who was asked, and who gave none', () => {
    const told = {
      ...{ rule: 'a price every 15 min while XLON is open, up to 22 min late', delayed: true, delay_seconds: 900 },
      ...{ venue: 'XLON', venue_by: 'provider', timezone: 'Europe/London', calendar: 'XLON', next_open_at: ago(-60) },
      ...{ asked_at: ago(2), answered_at: ago(11), missing_since: ago(9), unanswered_asks: 3, unit: 'GBp' },
      ...{ extended_session: 'post', extended_price: '95.06', extended_time: ago(5) },
      attempts: [
        { provider: 'stooq', code: 'CIRCUIT_OPEN', at: ago(2), until: ago(-8) },
        { provider: 'alpha-vantage', code: 'DELISTED', at: ago(2), until: null },
        { provider: 'ours', code: 'NO_SIGNAL', at: ago(2), until: null },
      ],
    }
    const facts = { ...factsOf(aFeed(told)), why: 'Providers were asked when a price was due, and none gave one.' }
    expect(textsOf(facts).slice(0, 7)).toEqual([
      'Providers were asked when a price was due, and none gave one.',
      'It is fresh by this rule: a price every 15 min while XLON is open, up to 22 min late. Its prices are 15 min behind the exchange by agreement, which is not late.',
      'Providers were last asked at 11:58:00, 2 min ago. One last answered at 11:49:00, 11 min ago.',
      'Since 11:51:00, 9 min ago, data are missing: 3 tries brought none.',
      'stooq gave none at 11:58:00: it was not asked, its circuit is open, until 12:08:00. alpha-vantage gave none at 11:58:00: it says that the instrument is no longer traded. ours gave none at 11:58:00: its answer was refused with NO_SIGNAL.',
      'It is traded at XLON (Europe/London), as the provider says. The market opens next at 13:00:00.',
      'After the session its price was 95.06 GBp at 11:55:00.',
    ])
    const unknown = factsOf(aFeed({ ...told, venue: null } as Partial<ReturnType<typeof aFeed>>))
    expect(textsOf(unknown)).toContain('Where it is traded is not known, and so its hours are not.')
  })

  it('believes no field of a link that is of another kind', () => {
    const odd = {
      rule: 7,
      delayed: 'yes',
      attempts: [null, { code: 1 }],
      venue: {},
      asked_at: 'x',
      unanswered_asks: '9',
    }
    const facts = factsOf(aFeed(odd as unknown as Partial<ReturnType<typeof aFeed>>))
    expect(textsOf(facts)[0]).toBe('Where it is traded is not known, and so its hours are not.')
    expect(textsOf(facts)[1]).toMatch(/^Its latest data/)
  })

  it('is not told as if a frozen moment were now', () => {
    expect(textsOf(factsOf(), { ...live, isFrozen: true })[0]).toBe('Its latest data are of 11:48:00, 12 min before.')
  })
})

describe('a link with the time frozen', () => {
  it('carries the facts', () => {
    const facts = factsOf(aFeed({ feed: '<img src=x>' }), aProvider({ circuit: 'open', circuit_until: ago(-8) }))
    expect(readFacts(writeFacts(facts))).toEqual(facts)
    expect(readFacts(writeFacts({ ...facts, provider: null }))).toEqual({ ...facts, provider: null })
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no feed', JSON.stringify({ as_of: ago(0), feed: null })],
    ['no instant', JSON.stringify({ ...factsOf(), as_of: 'now' })],
    ['a number for a name', JSON.stringify({ ...factsOf(), feed: aFeed({ feed: 1 as never }) })],
    ['a text for a number', JSON.stringify({ ...factsOf(), feed: aFeed({ attainment_pct: 'all' as never }) })],
    ['a provider that is none', JSON.stringify({ ...factsOf(), provider: { enabled: 'yes' } })],
  ])('is not believed when it has %s', (_name, text) => {
    expect(readFacts(text)).toBeNull()
  })
})
