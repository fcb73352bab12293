import { Cron } from 'croner'

import type { EpochMs } from '../clock.ts'
import type { Schedule } from './schedule.ts'

export function nextDueAt(schedule: Schedule, after: EpochMs): EpochMs | null {
  switch (schedule.kind) {
    case 'every': {
      const { periodMs, anchorAt } = schedule
      return Math.floor((after - anchorAt) / periodMs + 1) * periodMs + anchorAt
    }
    case 'once':
      return schedule.at > after ? schedule.at : null
    case 'cron':
      return new Cron(schedule.pattern, { timezone: schedule.timezone }).nextRun(new Date(after))?.getTime() ?? null
  }
}

export function previousDueAt(schedule: Schedule, before: EpochMs): EpochMs | null {
  switch (schedule.kind) {
    case 'every': {
      const { periodMs, anchorAt } = schedule
      return (Math.ceil((before - anchorAt) / periodMs) - 1) * periodMs + anchorAt
    }
    case 'once':
      return schedule.at < before ? schedule.at : null
    case 'cron':
      return (
        new Cron(schedule.pattern, { timezone: schedule.timezone }).previousRuns(1, new Date(before))[0]?.getTime() ??
        null
      )
  }
}

export function countDue(schedule: Schedule, after: EpochMs, upTo: EpochMs): number {
  if (schedule.kind === 'every') {
    const { periodMs, anchorAt } = schedule
    return Math.max(0, Math.floor((upTo - anchorAt) / periodMs) - Math.floor((after - anchorAt) / periodMs))
  }
  let count = 0
  for (let due = nextDueAt(schedule, after); due !== null && due <= upTo; due = nextDueAt(schedule, due)) count++
  return count
}

export function distanceToNext(schedule: Schedule, at: EpochMs): number | null {
  if (schedule.kind === 'every') return schedule.periodMs
  const first = nextDueAt(schedule, at)
  const second = first === null ? null : nextDueAt(schedule, first)
  return first === null || second === null ? null : second - first
}
