import { expect, it } from 'vitest'

import { toInstances } from './to-instances.ts'

const instance = {
  host: null,
  process: null,
  version: null,
  role: 'scheduler',
  state: 'running',
  time_zone_data: null,
  current: false,
  started_at: null,
  heartbeat_at: null,
  running_runs: 0,
  concurrency: 50,
  dropped_messages: 0,
  left_messages: 0,
} as const
const counts = {
  total: 2,
  live: 2,
  workers: 0,
  dropped_messages: 0,
  left_messages: 0,
  time_zone_data_versions: 1,
}

it('tells the share of what runs now, and none while nothing runs', () => {
  const items = [
    { ...instance, id: 'a', running_runs: 3 },
    { ...instance, id: 'b', running_runs: 1 },
  ]
  const shares = (all: typeof items) =>
    toInstances({ instances: { ...counts, items: all } }).map(({ sharePct }) => sharePct)
  expect(shares(items)).toEqual([75, 25])
  expect(shares(items.map((item) => ({ ...item, running_runs: 0 })))).toEqual([null, null])
})

it('shows host, version, role and the version of the time zone data once the API tells them, and nothing else of what it does not know', () => {
  const item = { ...instance, id: 'a', host: 'web-1', time_zone_data: '2026a', secret: 'x' }
  const [row] = toInstances({ instances: { ...counts, items: [item] } })
  expect(row?.facts).toEqual({ host: 'web-1', role: 'scheduler', time_zone_data: '2026a' })
})

it('tells the places of each and what it did with messages, where the viewer may know', () => {
  const items = [
    { ...instance, id: 'a', role: 'worker' as const, concurrency: 8, dropped_messages: 1, left_messages: 2 },
    { ...instance, id: 'b', concurrency: 0, dropped_messages: null, left_messages: null },
  ]
  expect(toInstances({ instances: { ...counts, items } })).toMatchObject([
    { concurrency: 8, messages: { dropped: 1, left: 2 }, facts: { role: 'worker' } },
    { concurrency: 0, messages: null },
  ])
})
