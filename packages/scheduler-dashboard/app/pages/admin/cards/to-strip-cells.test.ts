import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { toStripCells } from './to-strip-cells.ts'

const NOW = Date.parse('2025-09-16T02:00:10.000Z')
const options = { nowMs: NOW, say: (atMs: number) => new Date(atMs).toISOString().slice(11, 19) }

const entry = (given: object) => ({ waiting_for: null, ...given }) as LedgerEntryView

it('has the oldest first, and each cell says what it was', () => {
  const running = { kind: 'run', id: '3', job: 'poll', state: 'running', started_at: '2025-09-16T02:00:08.000Z' }
  const failed = { kind: 'run', id: '2', job: 'poll', state: 'failed', started_at: '2025-09-16T02:00:00.000Z' }
  const missed = { kind: 'unrun', id: '1', job: 'poll', state: 'missed', scheduled_for: '2025-09-16T01:00:00.000Z' }
  const cells = toStripCells(
    [entry({ ...running, duration_ms: null }), entry({ ...failed, duration_ms: 1_500 }), entry(missed)],
    options,
  )
  expect(cells).toEqual([
    { key: '1', state: 'late', label: 'poll, missed, 01:00:00', durationMs: null, isGap: true },
    { key: '2', state: 'failed', label: 'poll, failed, 02:00:00, 1.5 s', durationMs: 1_500 },
    { key: '3', state: 'running', label: 'poll, running, 02:00:08, 2 s', durationMs: 2_000 },
  ])
})
