import type { RunView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { firstLine } from '../../../format/first-line.ts'
import { formatInstant, type Zone } from '../../../format/instants.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { FATES, type FateCounts, totalOf } from './fates.ts'
import type { Bin } from './to-bins.ts'
import type { LaneHead } from './to-lanes.ts'
import type { Mark } from './to-marks.ts'

export interface Telling {
  readonly nowMs: number
  readonly zone: Zone
}

/** A lateness below this is none that one could see or would ask about. */
const LATE_MS = 1_000

/** What a mark says, such as `failed, due 14:00:00, 2 s late, took 3 s`. */
export function wordsOfMark(mark: Mark, telling: Telling): string {
  const { fate, entry } = mark
  return [strings.audit.fates[fate], timeOf(mark, telling), ...(entry?.kind === 'run' ? wordsOfRun(entry) : [])].join(
    ', ',
  )
}

function timeOf({ dueMs, atMs, untilMs, count }: Mark, telling: Telling): string {
  const words = strings.audit.mark
  const say = (ms: number) => formatInstant(ms, telling)
  if (dueMs === null) return words.started(say(atMs))
  return count > 1 ? words.range(formatNumber(count), say(dueMs), say(untilMs ?? dueMs)) : words.due(say(dueMs))
}

function wordsOfRun({ lateness_ms, duration_ms, attempt, error }: RunView): readonly string[] {
  const words = strings.audit.mark
  return [
    ...((lateness_ms ?? 0) >= LATE_MS ? [words.late(formatDuration(lateness_ms))] : []),
    ...(duration_ms === null ? [] : [words.took(formatDuration(duration_ms))]),
    ...(attempt > 1 ? [words.attempts(formatNumber(attempt))] : []),
    ...(error ? [`${error.code}: ${shortLine(error.message)}`] : []),
  ]
}

export function wordsOfBin({ fromMs, toMs, counts, total }: Bin, telling: Telling): string {
  const say = (ms: number) => formatInstant(ms, telling)
  return `${strings.audit.mark.bin(formatNumber(total), say(fromMs), say(toMs))}: ${wordsOfCounts(counts)}`
}

/** Counts, the worst first. */
export function wordsOfCounts(counts: FateCounts): string {
  return FATES.flatMap((fate) => {
    const count = counts[fate] ?? 0
    return count > 0 ? [`${formatNumber(count)} ${strings.audit.fates[fate]}`] : []
  }).join(', ')
}

/** What a lane says as a whole. */
export function wordsOfLane({ job, counts, audit }: LaneHead): string {
  const { label, nothing, notDefined } = strings.audit.lane
  const words = totalOf(counts) === 0 ? nothing : wordsOfCounts(counts)
  return label(job, audit.not_defined.length === 0 ? words : `${words}, ${notDefined}`)
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** A sentence of the server with its instants as the reader wants to read times. */
export function sentenceInZone(text: string, telling: Telling): string {
  return text.replaceAll(INSTANT, (instant) => formatInstant(Date.parse(instant), telling))
}

const MOST_LETTERS = 120

function shortLine(text: string): string {
  const line = firstLine(text)
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line
}
