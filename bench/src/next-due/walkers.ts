import type { CronSchedule, Schedule } from '@pm/scheduler-core'
import { cron, every } from '@pm/scheduler-core'
import { CronExpressionParser } from 'cron-parser'
import { Cron } from 'croner'
import { type Build, loadModule } from '../lab/build.ts'

type Makers = Pick<typeof import('@pm/scheduler-core'), 'cron' | 'every'>

export interface NextDueCase {
  readonly title: string
  /** With the functions of a build: what it has parsed belongs to the schedule that it made. */
  readonly make: (makers: Makers) => Schedule
}

export const CASES: readonly NextDueCase[] = [
  { title: 'every 5 minutes', make: ({ every }) => every({ minutes: 5 }) },
  { title: '`*/5 * * * *`, UTC', make: ({ cron }) => cron('*/5 * * * *') },
  { title: '`*/5 * * * *`, Europe/Berlin', make: ({ cron }) => cron('*/5 * * * *', { timezone: 'Europe/Berlin' }) },
  { title: '`30 2 * * *`, Europe/Berlin', make: ({ cron }) => cron('30 2 * * *', { timezone: 'Europe/Berlin' }) },
]

/** Makes a function that walks to the next due time and answers it; `null` where there is no such schedule. */
export type Walker = (given: NextDueCase, startAt: number) => (() => number) | null

const makers = { cron, every }

/** After so many steps back to the start, so that nobody walks out of what a calendar holds. */
const LAP = 20_000

export async function openOurs(build: Build): Promise<Walker> {
  const { nextDue, ...makers } = await loadModule(build, 'core')
  return ({ make }, startAt) => {
    const schedule = make(makers)
    return laps(startAt, (at) => nextDue(schedule, at)?.getTime() ?? startAt)
  }
}

export const PEERS: Readonly<Record<string, Walker>> = {
  croner({ make }, startAt) {
    const schedule = make(makers)
    if (schedule.kind !== 'cron') return null
    const job = new Cron(schedule.pattern, { ...zoneOf(schedule, 'timezone'), paused: true })
    return laps(startAt, (at) => job.nextRun(new Date(at))?.getTime() ?? startAt)
  },
  'cron-parser'({ make }, startAt) {
    const schedule = make(makers)
    if (schedule.kind !== 'cron') return null
    const options = { ...zoneOf(schedule, 'tz'), currentDate: new Date(startAt) }
    let iterator = CronExpressionParser.parse(schedule.pattern, options)
    return laps(startAt, (at) => {
      if (at === startAt) iterator = CronExpressionParser.parse(schedule.pattern, options)
      return iterator.next().getTime()
    })
  },
}

/** The host's zone is UTC here, and both peers are several times faster without being told so. */
function zoneOf<K extends string>({ timezone }: CronSchedule, option: K): { readonly [key in K]?: string } | null {
  return timezone === 'UTC' ? null : ({ [option]: timezone } as { readonly [key in K]: string })
}

function laps(startAt: number, next: (at: number) => number): () => number {
  let at = startAt
  let steps = 0
  return () => {
    at = steps++ % LAP === 0 ? next(startAt) : next(at)
    return at
  }
}
