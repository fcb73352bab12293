import { expect, it } from 'vitest'

import { toPool, toUptime } from './to-uptime.ts'

it('accounts for the whole uptime', () => {
  const parts = toUptime({ uptime_seconds: 100, active_seconds: 60, paused_seconds: 30, errored_seconds: 0 })
  expect(parts.map(({ id, pct }) => [id, pct])).toEqual([
    ['active', 60],
    ['paused', 30],
    ['errored', 0],
    ['other', 10],
  ])
})

it('has shares of 0 before anything was counted', () => {
  const parts = toUptime({ uptime_seconds: 0, active_seconds: 0, paused_seconds: 0, errored_seconds: 0 })
  expect(parts.map(({ pct }) => pct)).toEqual([0, 0, 0])
})

it('tells the connections in use, and nothing where the store has no pool', () => {
  expect(toPool({ size: 10, idle: 3, waiting: null })).toEqual({ size: 10, idle: 3, busy: 7, waiting: 0 })
  expect(toPool({ size: null, idle: null, waiting: null })).toBeNull()
})
