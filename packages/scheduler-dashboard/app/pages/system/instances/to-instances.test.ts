import { expect, it } from 'vitest'

import { toInstances } from './to-instances.ts'

const instance = {
  host: null,
  process: null,
  version: null,
  role: 'worker',
  state: 'running',
  time_zone_data: null,
  current: false,
  started_at: null,
  heartbeat_at: null,
  running_runs: 0,
} as const

it('tells the share of what runs now, and none while nothing runs', () => {
  const items = [
    { ...instance, id: 'a', running_runs: 3 },
    { ...instance, id: 'b', running_runs: 1 },
  ]
  const shares = (all: typeof items) =>
    toInstances({ instances: { total: 2, live: 2, time_zone_data_versions: 1, items: all } }).map(
      ({ sharePct }) => sharePct,
    )
  expect(shares(items)).toEqual([75, 25])
  expect(shares(items.map((item) => ({ ...item, running_runs: 0 })))).toEqual([null, null])
})

it('shows host, version, load and the version of the time zone data once the API tells them, and nothing else of what it does not know', () => {
  const item = { ...instance, id: 'a', host: 'web-1', time_zone_data: '2026a', load: 0.5, secret: 'x' }
  const [row] = toInstances({ instances: { total: 1, live: 1, time_zone_data_versions: 1, items: [item] } })
  expect(row?.facts).toEqual({ host: 'web-1', role: 'worker', time_zone_data: '2026a', load: 0.5 })
})
