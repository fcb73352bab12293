import { createMemoryBackend, every, type Scheduler } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { type DashboardHost, openDashboard, openScheduler } from './harness/open-dashboard.ts'
import { openGate } from './harness/open-gate.ts'
import { countRenders, scrollThrough } from './harness/watch-rows.ts'
import { openWatchedPage } from './harness/watched-page.ts'

/** Rows in the document, however many there are. */
const MOST_ROWS = 80
const JOBS = 10_000
const RUNS = 100_000
/** So many rows go by in a story: more takes longer and shows nothing else. */
const SCROLLED = 300

/** A snapshot of 10,000 takes as long as the machine lets it; how fast the pages are is for `pnpm bench pages`. */
const LONG_MS = 90_000

const nameOf = (at: number) => `recalculate-${String(at).padStart(5, '0')}`

/** A scheduler with 10,000 jobs, of which the first fails. */
function openManyJobs(): Promise<Scheduler> {
  const failing = () => Promise.reject(new Error('no such account'))
  const jobs = Array.from({ length: JOBS }, (_, at) => ({
    name: nameOf(at),
    schedule: every({ hours: 1 }),
    handler: at === 0 ? failing : () => {},
  }))
  return openScheduler({ jobs, ...createMemoryBackend() })
}

async function openAt(use: BrowserInUse, { origin }: DashboardHost, path: string): Promise<Page> {
  const { page } = await openWatchedPage(use.browser)
  await page.goto(`${origin}/login?as=ada&to=${encodeURIComponent(`/admin${path}`)}`)
  return page
}

describeInBrowser('10,000 jobs', (use) => {
  it(
    'cost no more bytes and renders than ten: the page, a frame of the stream, and rows in the document',
    async () => {
      const scheduler = await openManyJobs()
      const host = await openDashboard({ schedulers: [scheduler] })
      const gate = await openGate(host.origin)
      const page = await openAt(use, { ...host, origin: gate.origin }, '')
      await page.locator('.live').getByText('Live', { exact: true }).waitFor()
      await page.waitForTimeout(1_500)
      const loaded = gate.answerBytes() + gate.streamBytes()

      const counted = await countRenders(page)
      const before = gate.streamBytes()
      await scheduler.runJob(nameOf(0))
      await scheduler.whenIdle()
      await page.getByText('Failed once').waitFor()
      const frame = gate.streamBytes() - before
      const { renders, frames, mostInOneFrame } = await counted.stop()

      console.info(
        `10,000 jobs: first load ${loaded} bytes, a run ${frame} bytes of the stream, ${renders} renders in ${frames} ` +
          `frames, at most ${mostInOneFrame} in one.`,
      )
      expect(loaded).toBeLessThan(150_000)
      expect(frame).toBeLessThan(33_000)
      expect(mostInOneFrame).toBe(1)
    },
    LONG_MS,
  )

  it(
    'are a table of which some eighty rows are in the document',
    async () => {
      const host = await openDashboard({ schedulers: [await openManyJobs()] })
      const page = await openAt(use, host, '/system')
      await page.locator('.vtable-body [data-index]').first().waitFor()
      const { most, last } = await scrollThrough(page, SCROLLED)
      console.info(`10,000 jobs: ${most} rows in the document after ${last + 1}.`)
      expect(last).toBeGreaterThanOrEqual(SCROLLED - 1)
      expect(most).toBeLessThanOrEqual(MOST_ROWS)
    },
    LONG_MS,
  )
})

describeInBrowser('100,000 runs', (use) => {
  it(
    'are a list of which some eighty rows are in the document',
    async () => {
      const scheduler = await openScheduler()
      await scheduler.runJob('poll')
      await scheduler.whenIdle()
      const host = await openDashboard({ schedulers: [scheduler] })
      const page = await openAt(use, host, '')
      // The list is the server's in all but its length: a run is told again and again, under other ids.
      const { items } = await page.evaluate<{ items: readonly object[] }>(
        `fetch('/admin/api/portfolio/admin/runs?limit=1').then((answer) => answer.json())`,
      )
      await page.route('**/api/portfolio/admin/runs?*', (route) => {
        const asked = new URL(route.request().url()).searchParams
        const from = Number(asked.get('cursor') ?? 0)
        const limit = Number(asked.get('limit') ?? 50)
        const many = Array.from({ length: Math.min(limit, RUNS - from) }, (_, at) => ({
          ...items[0],
          id: `run-${from + at}`,
        }))
        return route.fulfill({ json: { items: many, next_cursor: from + limit < RUNS ? String(from + limit) : null } })
      })
      await page.goto(`${host.url}/system/runs`)
      await page.locator('.vtable-body [data-index]').first().waitFor()
      const { most, last } = await scrollThrough(page, SCROLLED)
      console.info(`100,000 runs: ${most} rows in the document after ${last + 1}.`)
      expect(last).toBeGreaterThanOrEqual(SCROLLED - 1)
      expect(most).toBeLessThanOrEqual(MOST_ROWS)
    },
    LONG_MS,
  )
})

describeInBrowser('10,000 symbols', (use) => {
  it(
    'are a table of which some eighty rows are in the document',
    async () => {
      const asOf = Date.now()
      const observations = Array.from({ length: 10_000 }, (_, at) => ({
        provider: 'yahoo',
        feed: `SYM${String(at).padStart(5, '0')}`,
        eventAt: asOf,
        fetchedAt: asOf,
        changedAt: null,
      }))
      const scheduler = await openScheduler({
        feeds: {
          timeoutMs: 5_000,
          read: () => Promise.resolve(observations),
          judge: () => ({ status: 'fresh', expectedBy: asOf + 300_000 }),
        },
      })
      const host = await openDashboard({ schedulers: [scheduler] })
      const page = await openAt(use, host, '/market-data')
      await page.locator('.vtable-body [data-index]').first().waitFor()
      const { most, last } = await scrollThrough(page, SCROLLED)
      console.info(`10,000 symbols: ${most} rows in the document after ${last + 1}.`)
      expect(last).toBeGreaterThanOrEqual(SCROLLED - 1)
      expect(most).toBeLessThanOrEqual(MOST_ROWS)
    },
    LONG_MS,
  )
})
