import type { ForeseenDueTimeView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { binWidth, toBins } from './to-bins.ts'
import { toLaneView } from './to-items.ts'
import { toMarks } from './to-marks.ts'

const AT = Date.UTC(2026, 2, 1, 12)
const MINUTE = 60_000
const SPAN = { fromMs: AT, toMs: AT + 60 * MINUTE }
const iso = (minutes: number) => new Date(AT + minutes * MINUTE).toISOString()

function ran(minute: number, state = 'succeeded', trigger = 'schedule'): LedgerEntryView {
  const about = { id: `run ${minute}`, job: 'poll', attempt: 1, lateness_ms: 0, duration_ms: 1_000, error: null }
  const scheduled_for = trigger === 'manual' ? null : iso(minute)
  const times = { scheduled_for, started_at: iso(minute + 0.5), settled_at: iso(minute + 1) }
  return { kind: 'run', state, trigger, ...about, ...times } as LedgerEntryView
}

function missed(minute: number, through: number, due_count: number): LedgerEntryView {
  const times = { scheduled_for: iso(minute), through: iso(through), settled_at: iso(through) }
  return { kind: 'unrun', id: `missed ${minute}`, job: 'poll', state: 'missed', reason: null, due_count, ...times }
}

function due(minute: number): ForeseenDueTimeView {
  return { due_at: iso(minute), starts_at: iso(minute), fate: 'run', calendar: null }
}

it('tells what ran, what failed, what was started by hand, and what was missed, in the order of time', () => {
  const entries = [missed(10, 20, 3), ran(5, 'failed'), ran(30, 'succeeded', 'manual'), ran(0), ran(40, 'orphaned')]
  const marks = toMarks({ entries, foreseen: [], unexplained: [] }, SPAN, AT)
  expect(marks.map(({ fate, dueMs, count }) => [fate, dueMs === null ? null : (dueMs - AT) / MINUTE, count])).toEqual([
    ['ran', 0, 1],
    ['failed', 5, 1],
    ['missed', 10, 3],
    ['manual', null, 1],
    ['orphaned', 40, 1],
  ])
})

it('tells a due time that has passed from one to come', () => {
  const marks = toMarks({ entries: [], foreseen: [due(10), due(20)], unexplained: [] }, SPAN, AT + 15 * MINUTE)
  expect(marks.map(({ fate }) => fate)).toEqual(['pending', 'coming'])
})

it('marks due times that nothing accounts for', () => {
  const unexplained = [{ first: iso(10), last: iso(30), count: 5 }]
  const [mark] = toMarks({ entries: [], foreseen: [], unexplained }, SPAN, AT)
  expect(mark).toMatchObject({ fate: 'unexplained', count: 5, untilMs: AT + 30 * MINUTE })
})

it('leaves out what lies outside of the range', () => {
  const entries = [missed(-20, -10, 3), missed(-20, 5, 3), ran(70)]
  expect(toMarks({ entries, foreseen: [], unexplained: [] }, SPAN, AT)).toHaveLength(1)
})

it('counts due times in bars, those of a range where each was due', () => {
  const marks = toMarks(
    { entries: [ran(0), ran(1, 'failed'), missed(8, 16, 5)], foreseen: [], unexplained: [] },
    SPAN,
    AT,
  )
  const bins = toBins(marks, SPAN, 10 * MINUTE)
  expect(bins.map(({ fromMs, counts, worst }) => [(fromMs - AT) / MINUTE, counts, worst])).toEqual([
    [0, { ran: 1, failed: 1, missed: 1 }, 'failed'],
    [10, { missed: 4 }, 'missed'],
  ])
})

it('has bars of a width that one can say', () => {
  expect(binWidth(SPAN, 60)).toBe(MINUTE)
  expect(binWidth(SPAN, 7)).toBe(10 * MINUTE)
  expect(binWidth({ fromMs: 0, toMs: 7 * 1_440 * MINUTE }, 96)).toBe(120 * MINUTE)
})

it('shows each mark where there is room, and bars where there is not', () => {
  const marks = toMarks(
    { entries: Array.from({ length: 50 }, (_, minute) => ran(minute)), foreseen: [], unexplained: [] },
    SPAN,
    AT,
  )
  const data = { kind: 'marks', marks, isComplete: true } as const
  expect(toLaneView(data, SPAN, 1_000)).toMatchObject({ binMs: null, items: { length: 50 } })
  expect(toLaneView(data, SPAN, 300)).toMatchObject({ binMs: 2 * MINUTE, isBySettling: false, items: { length: 25 } })
})
