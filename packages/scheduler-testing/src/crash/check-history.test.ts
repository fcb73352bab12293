import type { LedgerEntry, Run } from '@pm/scheduler-core'
import {
  addDistributions,
  distributionOf,
  EMPTY_DISTRIBUTION,
  EMPTY_RUN_TALLY,
  NO_ITEMS,
  parseRunId,
  randomInstanceId,
} from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import { checkHistory } from './check-history.ts'
import type { HistoryLine, RunLine } from './history.ts'
import { type CheckedJob, type HistoryCheck, VIOLATION_KINDS, type ViolationKind } from './history-check.ts'

/** One process, one job that is due every second; three due times: one ran, one was missed, one was orphaned. */
const scene: HistoryCheck = {
  sweepMs: 100,
  jobs: [
    {
      job: 'poll',
      schedule: { kind: 'every', periodMs: 1_000, anchorAt: 0 },
      since: 500,
      cursor: 3_500,
      lifetime: {
        ...EMPTY_RUN_TALLY,
        succeeded: 1,
        orphaned: 1,
        missed: 1,
        attempts: 2,
        due_started: 2,
        timed_runs: 1,
        duration_ms: 10,
        due_runs: 2,
        lateness_ms: 4,
        distributions: {
          duration_ms: distributionOf(10),
          lateness_ms: addDistributions([distributionOf(2), distributionOf(2)]),
          queue_wait_ms: EMPTY_DISTRIBUTION,
        },
      },
    },
  ],
  ledger: [
    run(1, { state: 'succeeded', settledAt: 1_012, durationMs: 10 }),
    unrun(2_000, 2_000, 1),
    run(3, { state: 'orphaned', settledAt: 6_050 }),
  ],
  history: [
    { kind: 'opened', process: 'a', at: 500 },
    told('start', 1, 1_002),
    told('end', 1, 1_012),
    { kind: 'settled', process: 'a', at: 1_013, runId: idOf(1), state: 'succeeded', result: 'settled' },
    told('start', 3, 3_002),
    { kind: 'stopped', process: 'a', at: 3_100 },
    { kind: 'opened', process: 'b', at: 4_000 },
    { kind: 'continued', process: 'a', at: 7_000 },
    { kind: 'settled', process: 'a', at: 7_001, runId: idOf(3), state: 'succeeded', result: 'fenced' },
    told('aborted', 3, 7_002),
    { kind: 'closed', process: 'a', at: 9_000 },
    { kind: 'closed', process: 'b', at: 9_000 },
  ],
}

const spoiled: Record<ViolationKind, HistoryCheck> = {
  'due-time-lost': withLedger([run(1, { state: 'succeeded', settledAt: 1_012, durationMs: 10 }), scene.ledger[2]], {
    missed: 0,
  }),
  'due-time-twice': withLedger([...scene.ledger, unrun(3_000, 3_000, 1)], { missed: 2 }),
  'not-due': withLedger([...scene.ledger, unrun(5_000, 5_000, 1)], { missed: 2 }),
  'started-twice': withHistory([...scene.history, told('start', 1, 1_003)]),
  'start-unknown': withHistory([...scene.history, told('start', 7, 1_003)]),
  'success-untold': withHistory(scene.history.filter(({ kind }) => kind !== 'end')),
  'stuck-running': unsettled(),
  'left-released': unsettled({ releasedAt: 3_800 }),
  'orphaned-late': withLedger([scene.ledger[0], scene.ledger[1], run(3, { state: 'orphaned', settledAt: 6_101 })]),
  'stale-write-taken': withHistory([
    ...scene.history,
    { kind: 'settled', process: 'a', at: 7_001, runId: idOf(3), state: 'succeeded', result: 'settled' },
  ]),
  'abort-late': withHistory([...scene.history.filter(({ kind }) => kind !== 'aborted'), told('aborted', 3, 8_001)]),
  'totals-differ': withLedger(scene.ledger, { items_processed: 1 }),
}

it('finds nothing where everything holds', () => {
  expect(checkHistory(scene)).toEqual([])
})

it.each(VIOLATION_KINDS)('finds %s, and nothing else', (kind) => {
  expect(checkHistory(spoiled[kind])).toMatchObject([{ kind }])
})

it('sees no abort that is missing where the handler had thrown before', () => {
  const history = scene.history.map(
    (line): HistoryLine => (line.kind === 'aborted' ? { ...line, kind: 'failed' } : line),
  )
  expect(checkHistory(withHistory(history))).toEqual([])
})

it('finds a range that counts its due times wrongly', () => {
  const ledger = [run(1, { state: 'orphaned', settledAt: 1_500 }), unrun(2_000, 3_000, 1)]
  expect(checkHistory({ ...scene, ledger }).map(({ kind }) => kind)).toContain('not-due')
})

it('finds two processes that both had their settlement of one run taken', () => {
  const again: HistoryLine = {
    kind: 'settled',
    process: 'b',
    at: 1_020,
    runId: idOf(1),
    state: 'succeeded',
    result: 'settled',
  }
  expect(checkHistory(withHistory([...scene.history, again]))).toMatchObject([{ kind: 'stale-write-taken' }])
})

it('blames nobody for an orphan while no process was there to find it', () => {
  const history = scene.history.map((line) =>
    line.kind === 'opened' && line.process === 'b' ? { ...line, at: 60_000 } : line,
  )
  const ledger = [scene.ledger[0], scene.ledger[1], run(3, { state: 'orphaned', settledAt: 7_900 })].flatMap(present)
  const gone = history.filter((line) => !(line.process === 'a' && line.at > 3_100) && line.at !== 9_000)
  expect(checkHistory({ ...scene, ledger, history: gone })).toEqual([])
})

it('lets a run wait that was left open where no process came, or had the time, to take it up', () => {
  expect(checkHistory(unsettled({ releasedAt: 7_100 }))).toEqual([])
  expect(checkHistory(unsettled({ releasedAt: 3_800, nextAttemptAt: 8_000 }))).toEqual([])
  const killed = scene.history.map((line): HistoryLine => (line.kind === 'closed' ? { ...line, kind: 'killed' } : line))
  expect(checkHistory({ ...unsettled({ releasedAt: 3_800 }), history: killed })).toEqual([])
})

it('gives a process the time in which it and the machine could run', () => {
  const late = [scene.ledger[0], scene.ledger[1], run(3, { state: 'orphaned', settledAt: 6_350 })].flatMap(present)
  const stalls: HistoryLine[] = [
    { kind: 'stalled', process: 'b', at: 5_600, ms: 200 },
    { kind: 'stalled', process: null, at: 5_700, ms: 200 },
  ]
  const unrelated: HistoryLine = { kind: 'stalled', process: 'a', at: 6_200, ms: 1_000 }
  const check = (history: readonly HistoryLine[]) => checkHistory({ ...scene, ledger: late, history }).map(kindOf)
  expect(check([...scene.history, unrelated])).toEqual(['orphaned-late'])
  expect(check([...scene.history, ...stalls])).toEqual([])
  const tooLate = late.map((entry) => (entry.state === 'orphaned' ? { ...entry, settledAt: 6_401 } : entry))
  expect(checkHistory({ ...scene, ledger: tooLate, history: [...scene.history, ...stalls] }).map(kindOf)).toEqual([
    'orphaned-late',
  ])
})

it('takes a process that was killed for awake until its last sign of life', () => {
  const history = scene.history.filter((line) => line.process !== 'b' && line.at < 7_000)
  const ledger = [scene.ledger[0], scene.ledger[1], run(3, { state: 'orphaned', settledAt: 20_000 })].flatMap(present)
  const life: readonly HistoryLine[] = [
    { kind: 'opened', process: 'c', at: 5_000 },
    { kind: 'killed', process: 'c', at: 9_000 },
    { kind: 'opened', process: 'd', at: 19_900 },
  ]
  const sign: HistoryLine = { ...told('start', 1, 8_000), kind: 'aborted', process: 'c' }
  const check = (lines: readonly HistoryLine[]) => checkHistory({ ...scene, ledger, history: lines }).map(kindOf)
  expect(check([...history, ...life])).toEqual([])
  expect(check([...history, ...life.slice(0, 1), sign, ...life.slice(1)])).toEqual(['orphaned-late'])
})

function kindOf({ kind }: { readonly kind: ViolationKind }): ViolationKind {
  return kind
}

function idOf(second: number) {
  const id = parseRunId(`00000000-0000-4000-8000-00000000000${second}`)
  if (!id) throw new Error('not a run id')
  return id
}

function run(second: number, outcome: Pick<Run, 'state' | 'settledAt'> & Partial<Run>): Run {
  const startedAt = second * 1_000 + 2
  return {
    kind: 'run',
    input: null,
    id: idOf(second),
    scheduler: 'test',
    job: 'poll',
    trigger: 'schedule',
    queuedAt: null,
    queueWaitMs: null,
    scheduledFor: second * 1_000,
    attempt: 1,
    earlierAttempts: 0,
    nextAttemptAt: null,
    releasedAt: null,
    spentMs: 0,
    fence: 1,
    owner: randomInstanceId(),
    startedAt,
    leaseUntil: second === 3 ? 5_000 : startedAt + 1_000,
    cancelRequested: false,
    latenessMs: 2,
    durationMs: null,
    items: NO_ITEMS,
    calls: [],
    progress: null,
    error: null,
    ...outcome,
  }
}

function unrun(first: number, last: number, dueCount: number): LedgerEntry {
  return {
    kind: 'unrun',
    id: idOf(9),
    scheduler: 'test',
    job: 'poll',
    state: 'missed',
    reason: null,
    scheduledFor: first,
    through: last,
    dueCount,
    settledAt: last,
  }
}

function told(kind: RunLine['kind'], second: number, at: number): RunLine {
  return { kind, process: 'a', at, job: 'poll', runId: idOf(second), attempt: 1 }
}

function withHistory(history: readonly HistoryLine[]): HistoryCheck {
  return { ...scene, history }
}

function withLedger(
  ledger: readonly (LedgerEntry | undefined)[],
  counted: Partial<CheckedJob['lifetime']> = {},
): HistoryCheck {
  const jobs = scene.jobs.map((job) => ({ ...job, lifetime: { ...job.lifetime, ...counted } }))
  return { ...scene, ledger: ledger.flatMap(present), jobs }
}

/** The third run is still open. */
function unsettled(open: Partial<Run> = {}): HistoryCheck {
  return withLedger([scene.ledger[0], scene.ledger[1], run(3, { state: 'running', settledAt: null, ...open })], {
    orphaned: 0,
    attempts: 1,
    due_started: 1,
    due_runs: 1,
    lateness_ms: 2,
    distributions: {
      duration_ms: distributionOf(10),
      lateness_ms: distributionOf(2),
      queue_wait_ms: EMPTY_DISTRIBUTION,
    },
  })
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}
