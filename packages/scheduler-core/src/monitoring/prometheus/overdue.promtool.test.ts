import { createManualClock, createManualScheduler } from '@pm/scheduler-testing'
import { beforeAll, describe, expect, it } from 'vitest'

import { createScrapes, hasPromtool, type Scrapes, testAlert } from '../../../test/promtool.ts'
import { cron } from '../../schedule/cron.ts'
import { every } from '../../schedule/every.ts'
import { excludeDates } from '../../schedule/exclusion-calendar.ts'

const MINUTE = 60_000
const HOURS = 60
/** From the first minute of a Thursday to the second night: 1970-01-01 is the first day that Prometheus's own tool has. */
const MINUTES = 27 * HOURS

const officeHours = cron('*/15 9-16 * * 1-5', { timezone: 'UTC' })
const quarterly = every({ minutes: 15, anchorAt: new Date(0) })
const newYear = excludeDates({ name: 'holidays', timezone: 'UTC', dates: ['1970-01-01'] })
const handler = () => {}

const JOBS = [
  { name: 'office', schedule: officeHours, handler },
  { name: 'holiday', schedule: quarterly, exclude: [newYear], handler },
  { name: 'paused', schedule: quarterly, handler },
  { name: 'hangs', schedule: quarterly, timeoutMs: null, handler: () => new Promise<void>(() => {}) },
]
/** The minute of its pause. */
const PAUSED_AT = 20
/** The first due time of the job that hangs, after which it is allowed a quarter of grace and an hour. */
const HANGS_FROM = 15
const HANGS_TOO_LONG = HANGS_FROM + 15 + 60 + 2

/** Each question to the rules has the answer that a person would give who knows the jobs. */
describe.skipIf(!hasPromtool)("Prometheus's own tool, asked who is overdue", { timeout: 240_000 }, () => {
  let scrapes: Scrapes

  beforeAll(async () => {
    scrapes = await scrapeADay()
  }, 240_000)

  it('names the job that hangs from its first run, and none that rests at night, on a holiday or in a pause', () => {
    for (const minute of [HANGS_TOO_LONG, 20 * HOURS, 26 * HOURS]) {
      const value = String((minute - HANGS_FROM) * 60)
      const labels = { scheduler: 'scheduler', scheduler_job: 'hangs' }
      const quietAt = [1, HANGS_FROM + 10, HANGS_TOO_LONG - 2]
      const answer = testAlert({ alert: 'JobOverdue', scrapes, labels, value, raisedAt: minute, quietAt })
      expect(answer).toContain('SUCCESS')
    }
  })

  it('names the pause of a job once it has lasted for a day, and not before', () => {
    const labels = { scheduler: 'scheduler', scheduler_job: 'paused' }
    const raisedAt = PAUSED_AT + 24 * HOURS + 1
    expect(testAlert({ alert: 'JobPauseLasts', scrapes, labels, raisedAt, quietAt: [30, raisedAt - 1] })).toContain(
      'SUCCESS',
    )
  })

  it('names the pause of a scheduler once it has lasted for a day, and not before', () => {
    const paused = scrapesOf('scheduler_state{scheduler="scheduler",state="paused"}', Array(1_500).fill('1'))
    const labels = { scheduler: 'scheduler' }
    const asked = { alert: 'SchedulerPauseLasts', scrapes: paused, labels, raisedAt: 1_441, quietAt: [30, 1_430] }
    expect(testAlert(asked)).toContain('SUCCESS')
  })

  it('names a job whose oldest queued run is over ten minutes old, unless it or its scheduler is held', () => {
    const labels = { scheduler: 'scheduler', scheduler_job: 'poll' }
    const job = '{scheduler="scheduler",scheduler_job="poll"}'
    const ages = Array.from({ length: 30 }, (_, minute) => String(minute * 60))
    const queued = seriesOf({ [`scheduler_oldest_queued_seconds${job}`]: ages })
    const asked = { alert: 'QueueStalled', labels, value: '840', raisedAt: 14, quietAt: [10, 11] }
    expect(testAlert({ ...asked, scrapes: queued })).toContain('SUCCESS')
    const paused = `scheduler_paused_since_timestamp_seconds${job}`
    for (const held of [paused, ...['paused', 'stopped'].map(stateOf)]) {
      const scrapes = seriesOf({ [`scheduler_oldest_queued_seconds${job}`]: ages, [held]: Array(30).fill('1') })
      expect(testAlert({ ...asked, scrapes, raisedAt: null, quietAt: [14, 29] })).toContain('SUCCESS')
    }
  })

  it('names a job that has queued runs and no live worker, and no other', () => {
    const labels = { scheduler: 'scheduler', scheduler_job: 'poll' }
    const job = '{scheduler="scheduler",scheduler_job="poll"}'
    const scrapes = seriesOf({
      [`scheduler_queued_runs${job}`]: ['0', '2', ...Array(10).fill('3')],
      [`scheduler_job_workers${job}`]: [...Array(4).fill('1'), ...Array(4).fill('0'), ...Array(4).fill('2')],
    })
    const asked = { alert: 'JobWithoutWorker', scrapes, labels, value: '3', raisedAt: 6, quietAt: [1, 3, 4, 9] }
    expect(testAlert(asked)).toContain('SUCCESS')
    const none = seriesOf({
      [`scheduler_queued_runs${job}`]: Array(12).fill('0'),
      [`scheduler_job_workers${job}`]: Array(12).fill('0'),
    })
    expect(testAlert({ ...asked, scrapes: none, raisedAt: null, quietAt: [6, 11] })).toContain('SUCCESS')
  })

  it('names a scheduler that is not scraped any more, and says so when there is none at all', () => {
    const series = 'scheduler_state{scheduler="scheduler",state="running"}'
    const gone = scrapesOf(series, [...Array(30).fill('1'), ...Array(60).fill('_')])
    const asked = { alert: 'SchedulerGone', scrapes: gone, labels: { scheduler: 'scheduler' }, quietAt: [20, 33] }
    expect(testAlert({ ...asked, raisedAt: 45 })).toContain('SUCCESS')
    const none = { alert: 'NoSchedulerIsPublished', scrapes: scrapesOf('up', ['1']), labels: {} }
    expect(testAlert({ ...none, raisedAt: 16, quietAt: [5] })).toContain('SUCCESS')
    expect(testAlert({ ...none, scrapes: gone, raisedAt: null, quietAt: [60] })).toContain('SUCCESS')
  })
})

async function scrapeADay(): Promise<Scrapes> {
  const scrapes = createScrapes()
  const rarely = { watchMs: 3_600_000, sweepMs: 3_600_000, leaseMs: 3_600_000 }
  const manual = await createManualScheduler({ jobs: JOBS, clock: createManualClock({ startAt: 0 }), ...rarely })
  for (let minute = 0; minute < MINUTES; minute++) {
    if (minute === PAUSED_AT) await manual.scheduler.pauseJob('paused')
    await scrapes.scrape(manual.scheduler, minute)
    await manual.advance(MINUTE)
  }
  await manual.close()
  return scrapes
}

function scrapesOf(series: string, values: readonly string[]): Scrapes {
  return seriesOf({ [series]: values })
}

function seriesOf(series: Readonly<Record<string, readonly string[]>>): Scrapes {
  return { series: new Map(Object.entries(series)), scrape: async () => {} }
}

function stateOf(state: string): string {
  return `scheduler_state{scheduler="scheduler",state="${state}"}`
}
