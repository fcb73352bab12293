import { expect, it } from 'vitest'

import { DECLARED } from '../../scheduler-core/test/declared.ts'
import {
  CIRCUIT,
  CIRCUIT_ATTRIBUTES,
  createFeeds,
  defineFreshness,
  describeProviders,
  exchangeCalendar,
  FEED_ATTRIBUTES,
  FEED_REASONS,
  MARKET_CLOSED,
} from '../src/index.ts'

const rule = defineFreshness({ calendar: exchangeCalendar('XNYS'), every: 900_000, graceMs: 0 })

it('the feeds of this package declare the status that it adds to the grades of core', () => {
  const { words } = createFeeds({ load: async () => [], ruleOf: () => rule })
  expect(words).toEqual([MARKET_CLOSED])
})

it('its providers declare their circuit', () => {
  expect(describeProviders([])).toMatchObject({ conditions: [CIRCUIT], attributes: CIRCUIT_ATTRIBUTES })
})

it('the generated documents of this repository contain all of it', () => {
  expect(DECLARED).toEqual({
    feedWords: [MARKET_CLOSED],
    feedAttributes: FEED_ATTRIBUTES,
    feedReasons: FEED_REASONS,
    providerConditions: [CIRCUIT],
    providerAttributes: CIRCUIT_ATTRIBUTES,
  })
})
