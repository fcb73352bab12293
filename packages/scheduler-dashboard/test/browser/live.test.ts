import { every, type Scheduler } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { openDashboard, openScheduler } from './harness/open-dashboard.ts'
import { type Gate, openGate } from './harness/open-gate.ts'
import { PLAIN_HOST } from './harness/plain-host.ts'
import { openWatchedPage } from './harness/watched-page.ts'

interface Opened {
  readonly page: Page
  readonly gate: Gate
  readonly scheduler: Scheduler
  /** One more tab of the same browser. */
  openTab(): Promise<Page>
  expectNoErrors(): void
}

interface Opening {
  readonly browser: BrowserInUse
  readonly streams?: Parameters<Gate['streamsAre']>[0]
  /** What runs before every page, to take away what a browser has. */
  readonly before?: string
  /** Whether the browser comes by a name that it does not trust (default false). */
  readonly isPlain?: boolean
}

/** One server, and another after a restart: the store does not outlive it. */
async function startServer() {
  const scheduler = await openScheduler({
    jobs: [
      { name: 'poll', schedule: every({ hours: 1 }), handler: () => {} },
      { name: 'reconcile', schedule: every({ hours: 1 }), handler: () => Promise.reject(new Error('no such account')) },
    ],
  })
  const login = (_: unknown, { returnTo }: { returnTo: string }) => `/login?to=${encodeURIComponent(returnTo)}`
  const live = { heartbeatMs: 1_000 }
  return { scheduler, host: await openDashboard({ schedulers: [scheduler], options: { login, live } }) }
}

async function fail(scheduler: Scheduler, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) {
    await scheduler.runJob('reconcile')
    await scheduler.whenIdle()
  }
}

/** The page of operations behind a gate, with one failed run, once it is live. */
async function openLive({ browser, streams = 'open', before = '', isPlain = false }: Opening): Promise<Opened> {
  const { scheduler, host } = await startServer()
  await fail(scheduler)
  const gate = await openGate(host.origin)
  gate.streamsAre(streams)
  const { page, expectNoErrors } = await openWatchedPage(browser.browser)
  await page.context().addInitScript(before)
  const origin = isPlain ? gate.origin.replace('127.0.0.1', PLAIN_HOST) : gate.origin
  await page.goto(`${origin}/login?as=ada&to=/admin`)
  await page.getByText('Failed once').waitFor()
  return {
    page,
    gate,
    scheduler,
    async openTab() {
      const tab = await page.context().newPage()
      await tab.goto(`${origin}/admin`)
      await sign(tab).getByText('Live').waitFor()
      return tab
    },
    expectNoErrors,
  }
}

/** Waits until the page has asked for nothing for a second. */
async function quiet(page: Page, gate: Gate): Promise<void> {
  let before = -1
  while (before !== gate.requests.length) {
    before = gate.requests.length
    await page.waitForTimeout(1_000)
  }
}

const sign = (page: Page) => page.locator('.live')
const bar = (page: Page) => page.getByRole('region', { name: 'State of the data' })
const leave = 'dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))'
const comeBack = 'dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))'

const WAYS: readonly (readonly [string, Pick<Opening, 'before' | 'isPlain'>])[] = [
  ['a shared worker', {}],
  ['a shared worker, by plain http', { isPlain: true }],
  ['one tab for all, where there are no shared workers', { before: 'delete window.SharedWorker' }],
]

describeInBrowser('one stream for all tabs', (use) => {
  it.each(WAYS)('by %s: it survives the first tab, and ends with the last', async (_name, way) => {
    const { page, gate, scheduler, openTab } = await openLive({ browser: use, ...way })
    const second = await openTab()
    const third = await openTab()
    expect({ streams: gate.streams, opened: gate.opened }).toEqual({ streams: 1, opened: 1 })
    await page.close()
    await fail(scheduler)
    await second.getByText('Failed 2 times in a row').waitFor()
    await third.getByText('Failed 2 times in a row').waitFor()
    expect(gate.streams).toBe(1)
    await second.close()
    await third.close()
    await expect.poll(() => gate.streams).toBe(0)
  })

  it('by a stream of the tab that is seen, where tabs can share nothing', async () => {
    const way = { before: 'delete window.SharedWorker', isPlain: true }
    const { page, gate, scheduler } = await openLive({ browser: use, ...way })
    await fail(scheduler)
    await page.getByText('Failed 2 times in a row').waitFor()
    expect(gate.streams).toBe(1)
    await page.close()
    await expect.poll(() => gate.streams).toBe(0)
  })

  it.each(WAYS)('by %s: a page in the back-forward cache holds none, and comes back to it', async (_name, way) => {
    const { page, gate, scheduler, openTab } = await openLive({ browser: use, ...way })
    const second = await openTab()
    await page.evaluate(leave)
    await fail(scheduler)
    await second.getByText('Failed 2 times in a row').waitFor()
    expect(gate.streams).toBe(1)
    await second.evaluate(leave)
    await expect.poll(() => gate.streams).toBe(0)
    await page.evaluate(comeBack)
    await page.getByText('Failed 2 times in a row').waitFor()
    expect(gate.streams).toBe(1)
  })
})

describeInBrowser('a live page', (use) => {
  it('shows a settled run within a second', async () => {
    const { page, scheduler, expectNoErrors } = await openLive({ browser: use })
    const shown = page.evaluate<number>(
      `new Promise((resolve) => {
        const look = () => document.body.innerText.includes('Failed 2 times in a row') && resolve(Date.now())
        new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true })
      })`,
    )
    await fail(scheduler)
    const [run] = (await scheduler.listRuns({ limit: 1 })).items
    const tookMs = (await shown) - (run?.kind === 'run' ? (run.settledAt ?? 0) : 0)
    console.info(`A settled run was visible after ${tookMs} ms.`)
    expect(tookMs).toBeLessThan(1_000)
    expectNoErrors()
  })

  it('costs almost nothing while nothing happens', async () => {
    const { page, gate } = await openLive({ browser: use })
    await sign(page).getByText('Live').waitFor()
    await quiet(page, gate)
    const before = { stream: gate.streamBytes(), requests: gate.requests.length, ms: performance.now() }
    await page.waitForTimeout(3_000)
    const perSecond = ((gate.streamBytes() - before.stream) * 1_000) / (performance.now() - before.ms)
    console.info(`An idle stream costs ${perSecond.toFixed(1)} bytes a second, with a beat each second.`)
    expect(perSecond).toBeLessThan(100)
    expect(gate.requests.slice(before.requests)).toEqual([])
  })

  it('pauses in all tabs, counts what is new, and shows the latest at the end', async () => {
    const { page, scheduler, openTab } = await openLive({ browser: use })
    const second = await openTab()
    await page.keyboard.press('p')
    await sign(second).getByText('Paused', { exact: true }).waitFor()
    const third = await page.context().newPage()
    await third.goto(page.url())
    await sign(third).getByText('Paused', { exact: true }).waitFor()
    await fail(scheduler, 2)
    await sign(page)
      .getByText(/^Paused \(\d+ new\)$/)
      .waitFor()
    await bar(second).getByText('Updates are paused in all tabs.').waitFor()
    expect(await second.getByText('Failed once').count()).toBe(1)
    await second.keyboard.press('p')
    for (const tab of [page, second, third]) {
      await tab.getByText('Failed 3 times in a row').waitFor()
      await sign(tab).getByText('Live', { exact: true }).waitFor()
    }
  })
})

describeInBrowser('a page whose server goes away', (use) => {
  it('says from when its data are, reconnects after the restart, and ends equal to the new server', async () => {
    const { page, gate } = await openLive({ browser: use })
    gate.leadTo(null)
    await bar(page)
      .getByText(/^Data from \d\d:\d\d:\d\d$/)
      .waitFor()
    await bar(page).getByText('The server does not answer.').waitFor()
    await sign(page)
      .getByText(/^Data from/)
      .waitFor()
    expect(await page.locator('link[rel~="icon"]').getAttribute('href')).toContain('circle')
    const { scheduler, host } = await startServer()
    await fail(scheduler, 3)
    gate.leadTo(host.origin)
    await page.getByText('Failed 3 times in a row').waitFor()
    await bar(page).waitFor({ state: 'detached' })
    await sign(page).getByText('Live', { exact: true }).waitFor()
    const { jobs } = await page.evaluate<{ jobs: { failing: number } }>(
      `fetch('/admin/api/portfolio/admin/status').then((answer) => answer.json())`,
    )
    expect(jobs.failing).toBe(1)
    expect(gate.streams).toBe(1)
  })

  it.each(['missing', 'buffered'] as const)('polls where streams are %s, and says so', async (streams) => {
    const { page, gate, scheduler } = await openLive({ browser: use, streams })
    await sign(page).getByText('Live, by polling').waitFor()
    expect(gate.streams).toBe(0)
    await fail(scheduler)
    await page.getByText('Failed 2 times in a row').waitFor()
    await bar(page).waitFor({ state: 'detached' })
  })

  const refusals = [
    ['logged out', null, /You are logged out/],
    ['forbidden', 'eve', /You may not see this/],
  ] as const

  it.each(refusals)(
    'shows it to a viewer who is %s in between, and what it may not show no more',
    async (_name, user, title) => {
      const { page, gate } = await openLive({ browser: use })
      await page.context().clearCookies()
      const as = (name: string) => page.context().addCookies([{ name: 'user', value: name, url: gate.origin }])
      if (user !== null) await as(user)
      gate.cutStreams()
      await bar(page).getByText(title).waitFor()
      await page.getByRole('main').getByText(title).first().waitFor()
      expect(await page.getByText('no such account').count()).toBe(0)
      if (user === null) {
        const login = bar(page).getByRole('link', { name: 'Log in' })
        const href = await login.evaluate((link) => (link instanceof HTMLAnchorElement ? link.href : null))
        expect(href).toBe(`${gate.origin}/login?to=%2Fadmin`)
      }
      await as('ada')
      // It would go on by itself, at its next try, which comes after up to half a minute.
      await page.reload()
      await page.getByText('Failed once').waitFor()
      await sign(page).getByText('Live', { exact: true }).waitFor()
    },
  )
})
