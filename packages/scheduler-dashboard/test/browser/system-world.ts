import { setTimeout } from 'node:timers/promises'

import { every, type MemorySession, type RunContext, type Scheduler, type SchedulerOptions } from '@pm/scheduler-core'
import { createManualClock, type ManualClock } from '@pm/scheduler-testing'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

import type { BrowserInUse } from './harness/describe-in-browser.ts'
import {
  type DashboardHost,
  type DashboardHostOptions,
  openDashboard,
  openScheduler,
} from './harness/open-dashboard.ts'
import { standsStill } from './harness/stands-still.ts'
import { openWatchedPage } from './harness/watched-page.ts'

export const HOSTILE = '<img src=x onerror=alert(1)>'

const HOUR = 3_600_000
const HALF_HOUR = HOUR / 2
const STEP_MS = 100

/** A scheduler that has run for two hours or a little more of a clock of its own, with a pause of 20 minutes in between. */
export async function openHistory(options: Partial<SchedulerOptions<MemorySession>> = {}): Promise<Scheduler> {
  // On a half hour: every job then has a due time in the pause.
  const clock = createManualClock({ startAt: Math.floor((Date.now() - 2 * HOUR) / HALF_HOUR) * HALF_HOUR })
  // Before the scheduler is opened, so that it ends after the scheduler has closed, which takes time too.
  const follow = followRealTime(clock)
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      clock.setTimer(resolve, ms)
      // The clock stands still in the end, and the scheduler closes.
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  const scheduler = await openScheduler({
    clock,
    // Few timers, so that hours pass in no time.
    watchMs: 30_000,
    sweepMs: 60_000,
    leaseMs: 300_000,
    jobs: [
      { name: 'poll', schedule: every({ minutes: 15 }), handler: ({ signal }) => wait(2_000, signal) },
      { name: 'fast', schedule: every({ seconds: 30 }), handler: () => {} },
      {
        name: 'overlap',
        schedule: every({ minutes: 10 }),
        handler: ({ signal }) => wait(15 * 60_000, signal),
        timeoutMs: null,
      },
      {
        name: 'reconcile',
        schedule: every({ minutes: 30 }),
        async handler({ runId, signal }: RunContext) {
          await wait(1_000, signal)
          throw new Error(`no account ${HOSTILE} (${runId.slice(0, 4)})`)
        },
      },
    ],
    ...options,
  })
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 5) await clock.advance(5 * 60_000)
  }
  await pass(50)
  await scheduler.pause({ by: HOSTILE, why: HOSTILE })
  await pass(20)
  await scheduler.resume({ by: 'ada' })
  await pass(45)
  await scheduler.runJob('poll', { by: HOSTILE })
  await pass(5)
  follow.begin()
  return scheduler
}

/** Lets a clock go with the real one, until the story has ended. */
function followRealTime(clock: ManualClock): { begin(): void } {
  let isOver = false
  async function go(): Promise<void> {
    while (!isOver) {
      await clock.advance(Math.max(0, Date.now() - clock.now()))
      await setTimeout(STEP_MS)
    }
  }
  onTestFinished(() => {
    isOver = true
  })
  return { begin: () => void go() }
}

export interface Opening extends DashboardHostOptions {
  readonly browser: BrowserInUse
  readonly path: string
  readonly view?: Parameters<typeof openWatchedPage>[1]
}

export interface Opened {
  readonly page: Page
  readonly host: DashboardHost
  /** The address of the pages. */
  readonly url: (path: string) => string
  readonly expectNoErrors: () => void
  readonly forget: () => void
}

/** A section of the system page over such a history. */
export async function openSection({ browser, path, view = {}, ...given }: Opening): Promise<Opened> {
  const schedulers = given.schedulers ?? [await openHistory()]
  const host = await openDashboard({ ...given, schedulers })
  const { page, expectNoErrors, forget } = await openWatchedPage(browser.browser, view)
  page.on('dialog', (dialog) => {
    throw new Error(`A script of somebody else ran: ${dialog.message()}`)
  })
  await page.goto(host.loginUrl('ada', path))
  await standsStill(page)
  return { page, host, url: (to) => `${host.url}${to}`, expectNoErrors, forget }
}
