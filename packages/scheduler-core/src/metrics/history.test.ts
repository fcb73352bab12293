import { expect, it } from 'vitest'

import { EMPTY_CALL_TALLY, EMPTY_RUN_TALLY } from '../run/counters.ts'
import { toHistory } from './history.ts'

const query = { metric: 'provider_calls', from: 0, to: 60_000, stepMs: 60_000 } as const
const bounds = { knownFrom: 0, now: 60_000 }

it('takes from a store the series that it asked for, and no other: runs are never shown as calls', () => {
  const calls = { of: 'call', tallies: [{ ...EMPTY_CALL_TALLY, calls: 7 }] } as const
  expect(toHistory(query, calls, bounds).points).toEqual([{ after: 0, upTo: 60_000, value: 7 }])
  const runs = { of: 'run', tallies: [EMPTY_RUN_TALLY] } as const
  expect(() => toHistory(query, runs, bounds)).toThrow('The store measured a series of runs instead of calls.')
})
