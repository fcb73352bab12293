import { every } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { openDashboard, openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { openWatchedPage, type WatchedPage } from './harness/watched-page.ts'
import { createMarketWorld, HOSTILE, type MarketWorld, marketSources, putFeed } from './market-world.ts'

interface Opened extends WatchedPage {
  readonly world: MarketWorld
  readonly url: string
}

/** Opens the page of market data over a world of its own. */
async function openPage(
  { browser }: BrowserInUse,
  {
    user = 'ada',
    query = '',
    world = createMarketWorld(),
    ...context
  }: {
    readonly user?: 'ada' | 'ann'
    readonly query?: string
    readonly world?: MarketWorld
    readonly viewport?: { readonly width: number; readonly height: number }
  } = {},
): Promise<Opened> {
  const scheduler = await openScheduler({
    ...marketSources(world),
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }],
  })
  const host = await openDashboard({ schedulers: [scheduler], options: { live: { intervalMs: 100 } } })
  const watched = await openWatchedPage(browser, context)
  await watched.page.goto(host.loginUrl(user, `/market-data${query}`))
  await watched.page.getByRole('heading', { level: 1 }).waitFor()
  return { ...watched, world, url: `${host.url}/market-data` }
}

const verdictOf = (page: Page) => page.getByRole('heading', { level: 1 })
const lateFeeds = (page: Page) => page.getByRole('table', { name: /stale, expired or without data/ })
const allFeeds = (page: Page) => page.getByRole('table', { name: 'All feeds that match' })
const grid = (page: Page) => page.getByRole('listbox', { name: /feeds as a grid/ })
const namesIn = (page: Page) => lateFeeds(page).getByRole('rowheader').allTextContents()

describeInBrowser('the page of market data', (use) => {
  it('tells an analyst what is late, by how much and why, and asks nothing of operations', async () => {
    const { page, requests, expectNoErrors } = await openPage(use, { user: 'ann' })
    await expect
      .poll(() => verdictOf(page).textContent())
      .toMatch(/2 of 6 feeds are late, the worst by 2 h 5\d min: stooq SIE\. 1 more has no data\./)
    expect(await namesIn(page)).toEqual(['SIE', 'SAP', HOSTILE])
    await page.getByRole('link', { name: 'SIE' }).click()
    const dialog = page.getByRole('dialog', { name: 'How fresh stooq SIE is' })
    await dialog.getByText('It is so late that its value should not be used.').waitFor()
    await dialog.getByText(/stooq is not asked: its circuit is open, since it did not answer in time/).waitFor()
    await dialog.getByText(/87\.5 % came in time/).waitFor()
    await dialog.getByText('Providers were asked when a price was due, and none gave one.', { exact: true }).waitFor()
    await dialog
      .getByText(/by this rule: a price every 15 min while XETR is open, .* 15 min behind the exchange/)
      .waitFor()
    await dialog.getByText(/data are missing: 3 tries brought none/).waitFor()
    await dialog.getByText(/yahoo gave none at .*: it does not know the symbol\. stooq gave none .* until /).waitFor()
    await dialog
      .getByText(/traded at XETR \(Europe\/Berlin\), as the provider says\. The market opens next at/)
      .waitFor()
    await screenshot(page, 'market-data-feed')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: /Switch/ }).count()).toBe(0)
    expect(requests.filter((request) => request.url().includes('/api/portfolio/admin'))).toEqual([])
    expectNoErrors()
  })

  it('shows names as they are', async () => {
    const { page, expectNoErrors } = await openPage(use)
    await page.getByRole('heading', { name: HOSTILE }).waitFor()
    await page.getByRole('link', { name: HOSTILE }).click()
    await page.getByRole('dialog', { name: `How fresh ${HOSTILE} ${HOSTILE} is` }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expectNoErrors()
  })

  it('switches a provider off and on again, with a reason and to its end', async () => {
    const { page, expectNoErrors } = await openPage(use)
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'yahoo', exact: true }) })
    await card.getByRole('button', { name: 'Switch off yahoo' }).click()
    const dialog = page.getByRole('dialog', { name: 'Switch yahoo off' })
    expect(await dialog.getByRole('button', { name: 'Cancel' }).evaluate((one) => one === document.activeElement)).toBe(
      true,
    )
    await dialog.getByRole('button', { name: 'Switch off' }).click()
    await dialog.getByRole('alert').getByText('Say why').waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(HOSTILE)
    await dialog.getByRole('button', { name: 'Switch off' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Done').waitFor()
    await card.getByText('Not asked: it is switched off.').waitFor()
    await card.getByRole('button', { name: 'Switch on yahoo' }).click()
    const back = page.getByRole('dialog', { name: 'Switch yahoo on' })
    await back.getByRole('textbox', { name: 'Reason' }).fill('it is well again')
    await back.getByRole('button', { name: 'Switch on' }).click()
    await card.getByRole('button', { name: 'Switch off yahoo' }).waitFor()
    const byCode = page.getByRole('button', { name: /Switch on iex/ })
    expect(await byCode.getAttribute('aria-disabled')).toBe('true')
    expect(await byCode.textContent()).toContain('The code of the host disables it')
    expectNoErrors()
  })

  it('keeps filters, order and window in the address', async () => {
    const { page } = await openPage(use)
    await page.getByRole('button', { name: /^market closed/ }).click()
    await allFeeds(page).getByRole('rowheader', { name: 'NESN' }).waitFor()
    await expect.poll(() => allFeeds(page).getByRole('rowheader').allTextContents()).toEqual(['NESN'])
    await page.getByRole('button', { name: /^All/ }).click()
    await page.getByRole('combobox', { name: 'Reason' }).selectOption('not_answered')
    await expect.poll(() => allFeeds(page).getByRole('rowheader').allTextContents()).toEqual(['SIE', 'SAP'])
    await page.getByRole('combobox', { name: 'Reason' }).selectOption('')
    await page.getByRole('combobox', { name: 'Venue' }).selectOption('XETR')
    await expect.poll(() => new URL(page.url()).search).toBe('?venue=XETR')
    await expect.poll(() => allFeeds(page).getByRole('rowheader').allTextContents()).toEqual(['SIE', 'SAP'])
    await page.getByRole('combobox', { name: 'Venue' }).selectOption('')
    await page.keyboard.press('/')
    await page.keyboard.type('aap')
    await expect.poll(() => allFeeds(page).getByRole('rowheader').allTextContents()).toEqual(['AAPL'])
    await page.getByText('Last hour', { exact: true }).first().click()
    await expect.poll(() => new URL(page.url()).search).toBe('?q=aap&window=last_hour')
    await page.reload()
    await allFeeds(page).getByRole('rowheader', { name: 'AAPL' }).waitFor()
    expect(await page.getByRole('radio', { name: 'Last hour' }).isChecked()).toBe(true)
    await page.getByRole('searchbox').fill('nothing like it')
    await page.getByRole('button', { name: 'Take all filters away' }).click()
    await allFeeds(page).getByRole('rowheader', { name: 'AAPL' }).waitFor()
  })

  it('is walked by the keyboard: one tab stop for the grid, whose cells speak', async () => {
    const { page } = await openPage(use)
    await grid(page)
      .getByRole('option', { name: /stooq SIE: expired, late by/ })
      .waitFor()
    await grid(page).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const option = grid(page).getByRole('option', { name: `${HOSTILE} ${HOSTILE}: no data` })
    expect(await option.getAttribute('id')).toBe(await grid(page).getAttribute('aria-activedescendant'))
    expect(await grid(page).getByRole('option').count()).toBe(1)
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'How fresh alpha-vantage NESN is' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => grid(page).evaluate((one) => one === document.activeElement)).toBe(true)
  })

  it('carries the facts in a link whose time is frozen', async () => {
    const { page, world, url } = await openPage(use, { query: '?feed=SAP&feed_provider=stooq' })
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The facts as JSON').click()
    const facts = (await dialog.locator('pre').textContent()) ?? ''
    putFeed(world, 'stooq', 'SAP', 'fresh')
    await dialog.getByText('It is as fresh as it should be.').waitFor()
    await page.goto(`${url}?${new URLSearchParams({ feed: 'SAP', feed_provider: 'stooq', facts })}`)
    await dialog.getByText('It is late.').waitFor()
    await dialog.getByText(/^Frozen at .* cannot vouch for them\.$/).waitFor()
    await dialog.getByRole('button', { name: 'Show it as it is now' }).click()
    await dialog.getByText('It is as fresh as it should be.').waitFor()
    await page.goto(`${url}?${new URLSearchParams({ feed: 'AAPL', feed_provider: 'yahoo', facts })}`)
    await dialog.getByRole('alert').getByText('The facts in this link are not whole').waitFor()
  })

  it('moves no row under the reader', async () => {
    const { page, world } = await openPage(use)
    await lateFeeds(page).getByText('SIE').hover()
    putFeed(world, 'yahoo', 'AAPL', 'expired')
    await page.getByText('1 new', { exact: true }).first().waitFor()
    expect(await namesIn(page)).toEqual(['SIE', 'SAP', HOSTILE])
    await verdictOf(page).hover()
    await expect.poll(() => namesIn(page)).toEqual(['SIE', 'AAPL', 'SAP', HOSTILE])
  })

  it('has ten thousand feeds with few rows in the document', async () => {
    const world = createMarketWorld()
    for (let at = 0; at < 9_994; at++) putFeed(world, 'yahoo', `S${at}`, 'fresh')
    const { page } = await openPage(use, { world })
    await grid(page).getByRole('option').waitFor()
    await page.getByText('10,000 feeds', { exact: true }).waitFor()
    expect(await grid(page).getByRole('option').getAttribute('aria-setsize')).toBe('10000')
    expect(await page.getByRole('row').count()).toBeLessThan(100)
    expect(await allFeeds(page).getAttribute('aria-rowcount')).toBe('10001')
  })

  it('goes on to the end of its list when a page brings only feeds that are there already', async () => {
    const { page } = await openPage(use)
    const answer = await page.evaluate<{ items: readonly object[] }>(
      `fetch('/admin/api/portfolio/market-data/freshness?limit=1').then((answer) => answer.json())`,
    )
    // As after a poll, by which every feed is due later: the second page begins at the first feed again.
    const pages = [
      { from: 0, next_cursor: 'b' },
      { from: 0, next_cursor: 'c' },
      { from: 100, next_cursor: null },
    ]
    await page.route('**/api/portfolio/market-data/freshness?*limit=100&*', (route) => {
      const { searchParams } = new URL(route.request().url())
      const { from, next_cursor } = pages['bc'.indexOf(searchParams.get('cursor') ?? ' ') + 1] ?? { from: 0 }
      const items = Array.from({ length: 100 }, (_, at) => ({ ...answer.items[0], feed: `S${from + at}` }))
      return route.fulfill({ json: { ...answer, total: 200, items, next_cursor } })
    })
    await page.reload()
    await page.getByText('100 of 200', { exact: true }).waitFor({ state: 'attached' })
    await page.locator('.vtable-body').evaluate((body) => body.scrollTo(0, body.scrollHeight))
    await page.getByText('200 of 200', { exact: true }).waitFor({ state: 'attached' })
  })

  it('calls nothing good that is not known', async () => {
    const world = createMarketWorld()
    world.isReadable = false
    const { page } = await openPage(use, { world })
    await expect.poll(() => verdictOf(page).textContent()).toMatch(/is not known: reading them failed\./)
    expect(await page.content()).not.toContain('password')
    world.isReadable = true
    await expect.poll(() => verdictOf(page).textContent()).toMatch(/2 of 6 feeds are late/)
  })
})

describeInBrowser('the page of market data, to everybody', (use) => {
  const empty = (): MarketWorld => ({ providers: [], feeds: new Map(), isReadable: true })
  const unreadable = (): MarketWorld => ({ ...createMarketWorld(), isReadable: false })
  const states = [
    ['mixed', createMarketWorld, ''],
    ['empty', empty, ''],
    ['unreadable', unreadable, ''],
    ['explained', createMarketWorld, '?feed=SIE&feed_provider=stooq'],
    ['nothing matches', createMarketWorld, '?q=zzz'],
  ] as const

  it.each(states)('is accessible in both themes: %s', async (name, worldOf, query) => {
    const { page, expectNoErrors } = await openPage(use, { world: worldOf(), query })
    await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await axe(page, colorScheme)).toEqual([])
      await screenshot(page, `market-data-${name.replaceAll(' ', '-')}-${colorScheme}`)
    }
    expectNoErrors()
  })

  it.each([
    ['a phone', 390, '100%'],
    ['a narrow phone', 360, '100%'],
    ['text twice as large', 720, '200%'],
  ])('fits on %s', async (_name, width, size) => {
    const { page } = await openPage(use, { viewport: { width, height: 844 } })
    await page.evaluate((text) => document.documentElement.style.setProperty('font-size', text), size)
    await allFeeds(page).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })
})
