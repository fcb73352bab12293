import type { LedgerEntry, Run, RunId } from '@pm/scheduler-core'
import type { HistoryLine, RunLine } from './history.ts'
import type { HistoryCheck, Violation } from './history-check.ts'
import { livesOf, type Span } from './lives.ts'
import { timeToRun } from './time-to-run.ts'

/** Runs started once, ended as told, were found when their process died, and kept the one outcome they have. */
export function checkRuns(input: HistoryCheck): readonly Violation[] {
  const runs = new Map(input.ledger.filter(isRun).map((run) => [run.id, run]))
  return [
    ...checkStarts(input.history, runs),
    ...checkSuccesses(input.history, runs),
    ...checkOrphans(input, runs),
    ...checkReleased(input, runs),
    ...checkSettlements(input.history, runs),
    ...checkAborts(input, runs),
  ]
}

type Runs = ReadonlyMap<RunId, Run>

function checkStarts(history: readonly HistoryLine[], runs: Runs): readonly Violation[] {
  const starts = new Map<string, RunLine>()
  return told(history, 'start').flatMap((line): Violation[] => {
    const key = `${line.runId} ${line.attempt}`
    const first = starts.get(key)
    starts.set(key, line)
    const what = `${line.job} ${line.runId}, attempt ${line.attempt}`
    if (!runs.has(line.runId)) return [{ kind: 'start-unknown', what }]
    return first ? [{ kind: 'started-twice', what: `${what}: in ${first.process} and in ${line.process}` }] : []
  })
}

function checkSuccesses(history: readonly HistoryLine[], runs: Runs): readonly Violation[] {
  const started = new Set(told(history, 'start').map(({ runId }) => runId))
  const ended = new Set(told(history, 'end').map(({ runId }) => runId))
  return [...runs.values()]
    .filter(({ id, state }) => state === 'succeeded' && !(started.has(id) && ended.has(id)))
    .map(({ id, job }) => ({ kind: 'success-untold', what: `${job} ${id}` }))
}

function checkOrphans({ history, sweepMs, toleranceMs = 1_000 }: HistoryCheck, runs: Runs): readonly Violation[] {
  const lives = livesOf(history)
  const hadTime = timeToRun(history)
  return [...runs.values()].flatMap(({ id, job, state, leaseUntil, settledAt, releasedAt }): Violation[] => {
    if (releasedAt !== null) return []
    if (state === 'running') return [{ kind: 'stuck-running', what: `${job} ${id}` }]
    if (state !== 'orphaned' || settledAt === null) return []
    const deadline = deadlineOfSweep(lives, leaseUntil, (process, from) =>
      hadTime(process, from, sweepMs + toleranceMs),
    )
    if (settledAt <= deadline) return []
    return [{ kind: 'orphaned-late', what: `${job} ${id}: ${settledAt - deadline} ms after it had to be found` }]
  })
}

/** A run that a shutdown left open is taken up by a process that opens later, is there long enough and is closed itself. */
function checkReleased({ history, sweepMs, toleranceMs = 1_000 }: HistoryCheck, runs: Runs): readonly Violation[] {
  const closed = new Set(history.filter(({ kind }) => kind === 'closed').map(({ process }) => process))
  const lives = livesOf(history).filter(({ process }) => closed.has(process))
  const hadTime = timeToRun(history)
  return [...runs.values()].flatMap(({ id, job, releasedAt, nextAttemptAt }): Violation[] => {
    if (releasedAt === null) return []
    const heir = lives.find(({ process, from, to }) => {
      const dueAt = Math.max(from, nextAttemptAt ?? from)
      return from > releasedAt && hadTime(process, dueAt, sweepMs + toleranceMs) < to
    })
    return heir ? [{ kind: 'left-released', what: `${job} ${id}: ${heir.process} was there` }] : []
  })
}

/** When the first process that was there long enough had to have found the run. */
function deadlineOfSweep(
  lives: readonly Span[],
  leaseUntil: number,
  hadTime: (process: string, from: number) => number,
): number {
  const deadlines = lives
    .filter(({ to }) => to > leaseUntil)
    .map(({ process, from, to }) => ({ to, by: hadTime(process, Math.max(from, leaseUntil)) }))
    .filter(({ by, to }) => by < to)
    .map(({ by }) => by)
  return Math.min(...deadlines)
}

function checkSettlements(history: readonly HistoryLine[], runs: Runs): readonly Violation[] {
  const taken = new Map<RunId, string>()
  return history.flatMap((line): Violation[] => {
    if (line.kind !== 'settled' || line.result === 'fenced' || line.result === 'locked') return []
    const run = runs.get(line.runId)
    const what = `${line.runId} as ${line.state} by ${line.process}`
    if (run?.state !== line.state)
      return [{ kind: 'stale-write-taken', what: `${what}; the ledger says ${run?.state}` }]
    const first = taken.get(line.runId)
    if (line.result === 'settled') taken.set(line.runId, line.process)
    if (line.result === 'settled' && first) return [{ kind: 'stale-write-taken', what: `${what}, after ${first}` }]
    return []
  })
}

/** A handler whose run was orphaned while its process stood still sees its signal abort once the process goes on. */
function checkAborts({ history, toleranceMs = 1_000 }: HistoryCheck, runs: Runs): readonly Violation[] {
  const over = firstOver(history)
  const lives = livesOf(history)
  const hadTime = timeToRun(history)
  return told(history, 'start').flatMap((line): Violation[] => {
    const run = runs.get(line.runId)
    if (run?.state !== 'orphaned' || run.settledAt === null) return []
    const { settledAt } = run
    const awake = lives.find(({ process, to }) => process === line.process && to > settledAt)
    if (!awake) return []
    const deadline = hadTime(line.process, Math.max(awake.from, settledAt, line.at), toleranceMs)
    const overAt = over.get(attemptOf(line)) ?? Infinity
    if (overAt <= deadline || awake.to <= deadline) return []
    return [{ kind: 'abort-late', what: `${line.job} ${line.runId} in ${line.process}: ${overAt - deadline} ms late` }]
  })
}

/** When each attempt was over in its process: what it does after its signal has aborted does not count. */
function firstOver(history: readonly HistoryLine[]): ReadonlyMap<string, number> {
  const over = new Map<string, number>()
  for (const line of history) {
    if (!isRunLine(line) || line.kind === 'start') continue
    const attempt = attemptOf(line)
    if (!over.has(attempt)) over.set(attempt, line.at)
  }
  return over
}

function attemptOf({ process, runId, attempt }: RunLine): string {
  return `${process} ${runId} ${attempt}`
}

function told(history: readonly HistoryLine[], kind: RunLine['kind']): readonly RunLine[] {
  return history.filter(isRunLine).filter((line) => line.kind === kind)
}

function isRunLine(line: HistoryLine): line is RunLine {
  return 'attempt' in line
}

export function isRun(entry: LedgerEntry): entry is Run {
  return entry.kind === 'run'
}
