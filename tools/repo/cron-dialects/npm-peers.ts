import { mock } from 'node:test'
import { pathToFileURL } from 'node:url'

import { type Next, NoZones } from './compare.ts'

/** The packages that are run, with the versions that the table is of. */
export const PEERS = {
  croner: '11.0.1',
  'cron-parser': '5.10.6',
  'node-cron': '4.6.0',
  'node-schedule': '2.1.1',
  cron: '4.4.0',
  bullmq: '6.7.0',
  'pg-boss': '12.38.0',
  'graphile-worker': '0.18.0',
  agenda: '6.2.6',
} as const

export type PeerName = keyof typeof PEERS

/** Reads the patterns as the installed packages do: each by the code that it schedules with. */
export async function loadPeers(folder: string): Promise<Readonly<Record<PeerName, Next>>> {
  const load = async <T>(path: string): Promise<T> => import(pathToFileURL(`${folder}/node_modules/${path}`).href)
  return {
    croner: byCroner(await load('croner/dist/croner.js')),
    'cron-parser': byCronParser(await load('cron-parser/dist/index.js')),
    'node-cron': byNodeCron(await load('node-cron/dist/node-cron.js')),
    'node-schedule': byNodeSchedule(await load('node-schedule/index.js')),
    cron: byCron(await load('cron/dist/index.js')),
    bullmq: byBullmq(await load('bullmq/dist/cjs/classes/job-scheduler.js')),
    'pg-boss': byPgBoss(await load('pg-boss/dist/index.js')),
    'graphile-worker': byGraphile(await load('graphile-worker/dist/index.js')),
    agenda: byAgenda(await load('agenda/dist/utils/nextRunAt.js')),
  }
}

function byCroner({
  Cron,
}: {
  Cron: new (pattern: string, options: object) => { nextRun(after: Date): Date | null }
}): Next {
  return (pattern, { after, timezone }) =>
    new Cron(pattern, { ...zoned('timezone', timezone), paused: true }).nextRun(after)
}

interface CronParser {
  readonly CronExpressionParser: { parse(pattern: string, options: object): { next(): { toDate(): Date } } }
}

function byCronParser({ CronExpressionParser: parser }: CronParser): Next {
  return (pattern, { after, timezone }) => {
    const parsed = parser.parse(pattern, { currentDate: after, ...zoned('tz', timezone) })
    return parsed.next().toDate()
  }
}

interface NodeCron {
  createTask(pattern: string, run: () => void, options: object): { getNextRuns(count: number): Date[] }
}

function byNodeCron({ createTask }: NodeCron): Next {
  return (pattern, { after, timezone }) =>
    at(after, () => createTask(pattern, () => {}, zoned('timezone', timezone)).getNextRuns(1)[0] ?? null)
}

interface NodeSchedule {
  readonly default: {
    scheduleJob(
      rule: object | string,
      run: () => void,
    ): { nextInvocation(): Date | { toDate(): Date }; cancel(): void } | null
  }
}

function byNodeSchedule({ default: { scheduleJob } }: NodeSchedule): Next {
  return (pattern, { after, timezone }) =>
    at(after, () => {
      const job = scheduleJob(timezone === '' ? pattern : { rule: pattern, tz: timezone }, () => {})
      if (job === null) throw new Error('refused')
      const next = job.nextInvocation()
      job.cancel()
      return next instanceof Date ? next : next.toDate()
    })
}

interface CronPackage {
  readonly CronTime: new (
    pattern: string,
    timezone?: string,
  ) => { getNextDateFrom(after: Date, timezone?: string): { toJSDate(): Date } }
}

function byCron({ CronTime }: CronPackage): Next {
  return (pattern, { after, timezone }) => {
    const zone = timezone === '' ? [] : ([timezone] as const)
    return new CronTime(pattern, ...zone).getNextDateFrom(after, ...zone).toJSDate()
  }
}

interface Bullmq {
  readonly getNextMillis: (after: number, options: object) => number | undefined
}

function byBullmq({ getNextMillis }: Bullmq): Next {
  return (pattern, { after, timezone }) => dated(getNextMillis(after.getTime(), { pattern, ...zoned('tz', timezone) }))
}

interface PgBossPackage {
  readonly PgBoss: new (options: object) => { previewSchedule(pattern: string, options: object): readonly Date[] }
}

function byPgBoss({ PgBoss }: PgBossPackage): Next {
  const boss = new PgBoss({ connectionString: 'postgres://127.0.0.1:1/none' })
  return (pattern, { after, timezone }) =>
    at(after, () => boss.previewSchedule(pattern, { count: 1, ...zoned('tz', timezone) })[0] ?? null)
}

interface Graphile {
  parseCronItem(item: object): { match(digest: object): boolean }
}

/** It asks each minute whether an item matches, in UTC and in no other zone. */
function byGraphile({ parseCronItem }: Graphile): Next {
  return (pattern, { after, timezone }) => {
    if (timezone !== 'UTC' && timezone !== '') throw new NoZones()
    const { match } = parseCronItem({ match: pattern, task: 'task' })
    for (let minute = Math.floor(after.getTime() / 60_000) + 1, end = minute + 130_000; minute < end; minute++) {
      const date = new Date(minute * 60_000)
      const time = { min: date.getUTCMinutes(), hour: date.getUTCHours(), date: date.getUTCDate() }
      if (match({ ...time, month: date.getUTCMonth() + 1, dow: date.getUTCDay() })) return date
    }
    return null
  }
}

interface Agenda {
  computeFromInterval(job: object): Date
}

function byAgenda({ computeFromInterval }: Agenda): Next {
  return (pattern, { after, timezone }) =>
    computeFromInterval({ repeatInterval: pattern, lastRunAt: after, ...zoned('repeatTimezone', timezone) })
}

/** The option for a zone; nothing for the peer's own default. */
function zoned(name: string, timezone: string): object {
  return timezone === '' ? {} : { [name]: timezone }
}

function dated(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at)
}

/** For what asks the process for the time. */
function at<T>(now: Date, act: () => T): T {
  mock.timers.enable({ apis: ['Date'], now })
  try {
    return act()
  } finally {
    mock.timers.reset()
  }
}
