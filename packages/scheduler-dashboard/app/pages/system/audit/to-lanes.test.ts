import type { AuditView, JobAuditView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { filterLanes, sumOf, toLanes } from './to-lanes.ts'

const NONE: JobAuditView = {
  job: '',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-02T00:00:00.000Z',
  limited_by: null,
  expected: 0,
  started: 0,
  skipped: 0,
  suppressed: 0,
  missed: 0,
  pending: 0,
  unexplained: [],
  accounted_twice: 0,
  off_schedule: 0,
  not_defined: [],
  backfilled: 0,
}

function account(items: readonly (Partial<JobAuditView> & { readonly job: string })[]): AuditView {
  return { from: NONE.from, to: NONE.to, accounted: true, items: items.map((item) => ({ ...NONE, ...item })) }
}

function run(job: string, state: 'failed' | 'running' | 'succeeded', trigger = 'schedule'): LedgerEntryView {
  return { kind: 'run', id: `${job} ${state}`, job, state, trigger } as LedgerEntryView
}

it('puts the jobs with most problems first, and the others by name', () => {
  const audit = account([
    { job: 'b', expected: 4, started: 4 },
    { job: 'a', expected: 4, started: 4 },
    { job: 'missing', expected: 4, started: 1, missed: 3 },
    { job: 'failing', expected: 4, started: 4 },
  ])
  const lanes = toLanes(audit, { entries: [run('failing', 'failed')], isComplete: true })
  expect(lanes.map(({ job, problems }) => [job, problems])).toEqual([
    ['missing', 3],
    ['failing', 1],
    ['a', 0],
    ['b', 0],
  ])
})

it('counts what started and has no other outcome as run', () => {
  const audit = account([{ job: 'poll', expected: 10, started: 10, skipped: 0 }])
  const entries = [run('poll', 'failed'), run('poll', 'running'), run('poll', 'succeeded', 'manual')]
  const [lane] = toLanes(audit, { entries, isComplete: true })
  expect(lane?.counts).toMatchObject({ ran: 8, failed: 1, running: 1, manual: 1 })
})

it('tells due times that a calendar excludes from those that overlapped', () => {
  const audit = account([{ job: 'poll', expected: 10, started: 3, skipped: 7 }])
  const excluded = { kind: 'unrun', id: '1', job: 'poll', state: 'skipped', reason: 'excluded', due_count: 5 }
  const [lane] = toLanes(audit, { entries: [excluded as LedgerEntryView], isComplete: true })
  expect(lane?.counts).toMatchObject({ excluded: 5, skipped: 2, ran: 3 })
})

it('finds jobs by a part of their name, and those with problems', () => {
  const audit = account([{ job: 'fx.rates', missed: 1 }, { job: 'fx.close' }, { job: 'poll', missed: 2 }])
  const lanes = toLanes(audit, { entries: [], isComplete: true })
  const names = (search: string, show: 'all' | 'problems') => filterLanes(lanes, { search, show }).map(({ job }) => job)
  expect(names(' FX ', 'all')).toEqual(['fx.rates', 'fx.close'])
  expect(names('', 'problems')).toEqual(['poll', 'fx.rates'])
  expect(sumOf(lanes).missed).toBe(3)
})
