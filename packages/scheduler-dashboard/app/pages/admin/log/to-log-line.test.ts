import type { LogEntryView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { toLogLine } from './to-log-line.ts'

const say = (at: string) => at
const base = {
  id: '1',
  at: 'then',
  by: 'ada',
  why: null,
  job: null,
  run_id: null,
  until: null,
  changes: [],
  version: 4,
}

const line = (given: Partial<LogEntryView>) => toLogLine({ ...base, kind: 'start', ...given }, say)

it('a command is a sentence', () => {
  expect(line({ kind: 'stop', why: '' })).toMatchObject({
    by: 'ada',
    verb: 'stopped',
    job: null,
    until: null,
    why: null,
  })
  expect(line({ kind: 'pause-job', job: 'poll' })).toMatchObject({ verb: 'paused', job: 'poll', until: 'open' })
  expect(line({ kind: 'pause', until: 'noon' }).until).toBe('noon')
  expect(line({ kind: 'run-job', job: 'poll', run_id: 'r' })).toMatchObject({ verb: 'ran', runId: 'r' })
})

it('a change of settings says from what to what', () => {
  const every = { kind: 'every', period_ms: 60_000, anchor_at: '' } as const
  const { changes } = line({
    kind: 'configure-job',
    job: 'poll',
    changes: [
      { setting: 'concurrency', from: null, to: 8 },
      { setting: 'schedule', from: every, to: { ...every, period_ms: 90_000 } },
      { setting: 'providers.yahoo.enabled', from: true, to: false },
    ],
  })
  expect(changes).toEqual([
    'concurrency: as in the code → 8',
    'schedule: every 1 min → every 1 min 30 s',
    'providers.yahoo.enabled: true → false',
  ])
})
