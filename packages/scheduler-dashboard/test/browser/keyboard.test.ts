import { every } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { openDashboard, openScheduler } from './harness/open-dashboard.ts'
import { openWatchedPage } from './harness/watched-page.ts'

const SECTIONS = ['', '/market-data', '/system', '/system/runs', '/system/audit', '/system/charts'] as const
const PATHS = [...SECTIONS, '/system/instances', '/system/resources', '/system/jobs/poll'] as const

/** Axe reads every element, five times. */
const LONG_MS = 90_000

type View = Parameters<typeof openWatchedPage>[1]

/** A page of a scheduler with one run that succeeded and one that failed, once it is live. */
async function open(
  use: BrowserInUse,
  { path = '', view = {} }: { readonly path?: string; readonly view?: View } = {},
) {
  const schedule = every({ hours: 1 })
  const scheduler = await openScheduler({
    jobs: [
      { name: 'poll', schedule, handler: (ctx) => ctx.report({ processed: 8 }) },
      { name: 'reconcile', schedule, handler: () => Promise.reject(new Error('no such account')) },
    ],
  })
  await scheduler.runJob('poll')
  await scheduler.runJob('reconcile')
  await scheduler.whenIdle()
  const host = await openDashboard({ schedulers: [scheduler], options: { title: 'Portfolio' } })
  const { page, expectNoErrors } = await openWatchedPage(use.browser, view)
  await page.goto(host.loginUrl('ada', path))
  await settled(page)
  return { page, host, expectNoErrors }
}

async function settled(page: Page): Promise<void> {
  await page.locator('.shell-header').waitFor()
  await page.locator('main :is(h1, h2, h3, .metrics, table, [role="table"])').first().waitFor()
}

const focused = (page: Page) => page.locator(':focus')

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<void> {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press('Tab')
    if ((await page.getByRole('button', { name }).and(focused(page)).count()) > 0) return
  }
  expect.fail(`Tab does not come to ${name} within ${most} presses.`)
}

describeInBrowser('the pages by keyboard', (use) => {
  it('lead past their header, and between each other with the focus on what is new', async () => {
    const { page, host, expectNoErrors } = await open(use)
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Skip to the content' }).and(focused(page)).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('main').and(focused(page)).waitFor()
    const pages = [
      ['m', '/market-data', 'Market data'],
      ['s', '/system', 'System'],
      ['a', '/?', 'Operations'],
    ] as const
    for (const [letter, path, name] of pages) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await page.waitForURL(new RegExp(`^${host.url}${path}$`))
      await page.getByRole('link', { name, exact: true }).and(page.locator('[aria-current="page"]')).waitFor()
      await page.getByRole('main').and(focused(page)).waitFor()
    }
    expectNoErrors()
  })

  it('find the search with /, take letters there as text, and have their help at ?', async () => {
    const { page } = await open(use, { path: '/system' })
    await page.keyboard.press('/')
    const search = page.locator('[data-search]')
    await search.and(focused(page)).waitFor()
    await page.keyboard.type('gap?')
    expect(await search.inputValue()).toBe('gap?')
    await page.keyboard.press('Escape')
    await search.blur()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.getByRole('button', { name: 'Close' }).and(focused(page)).waitFor()
    // Behind an open dialog the keys rest.
    await page.keyboard.press('p')
    expect(await page.locator('.live').getByText('Paused').count()).toBe(0)
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
  })

  it('switch theme and zone, and remember both', async () => {
    const { page } = await open(use)
    const theme = page.getByRole('combobox', { name: 'Theme' })
    await theme.focus()
    await page.keyboard.type('Theme: d')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.getByRole('radio', { name: 'Mine' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('radio', { name: 'UTC', checked: true }).waitFor()
    await page.reload()
    await page.getByRole('radio', { name: 'UTC', checked: true }).waitFor()
    expect(await theme.inputValue()).toBe('dark')
  })

  it('walk along a strip, where every run speaks, and open one', async () => {
    const { page, host } = await open(use)
    const strip = page.getByRole('listbox', { name: /Runs of portfolio: 2 latest/ })
    await strip.focus()
    await strip.getByRole('option', { name: /^reconcile, failed/, selected: true }).waitFor()
    await page.keyboard.press('ArrowLeft')
    await strip.getByRole('option', { name: /^poll, succeeded/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`^${host.url}/system/runs/`))
  })

  it('begin a dialog that hurts at Cancel, keep the focus within, and give it back', async () => {
    const { page } = await open(use)
    await tabTo(page, 'Stop')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Stop portfolio' })
    await dialog.getByRole('button', { name: 'Cancel' }).and(focused(page)).waitFor()
    for (let press = 0; press < 6; press++) await page.keyboard.press('Tab')
    expect(await page.locator('main :focus:not(dialog *)').count()).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Stop', exact: true }).and(focused(page)).waitFor()
    await page.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
    await page.getByRole('dialog').waitFor()
  })
})

describeInBrowser('a number', (use) => {
  it('explains itself on focus: its value, formula, counts and window; Escape closes', async () => {
    const { page, expectNoErrors } = await open(use)
    await page.keyboard.press('Tab')
    await tabTo(page, /^Success rate/)
    const tip = page.getByRole('tooltip')
    await tip.getByRole('heading').waitFor()
    await tip.getByText('100 × succeeded / (succeeded + failed + timed_out + orphaned + interrupted)').waitFor()
    const pairs = await tip.locator('dl').last().textContent()
    expect(pairs).toMatch(/All together50 %Countedsucceeded 1, failed 1, timed_out 0, orphaned 0, interrupted 0Window/)
    expect(await focused(page).getAttribute('aria-describedby')).toBe(await tip.getAttribute('id'))
    await page.keyboard.press('Escape')
    await tip.waitFor({ state: 'detached' })
    expectNoErrors()
  })

  it('says why there is none', async () => {
    const { page } = await open(use, { path: '/market-data' })
    await page
      .getByRole('button', { name: /^Calls/ })
      .first()
      .hover()
    await page.getByRole('tooltip').getByText('Nothing was counted in this window').waitFor()
  })
})

/** What reaches beyond the right edge of the page although nothing around it scrolls. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    return [...document.querySelectorAll('main, main *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
  })

describeInBrowser('the pages for everyone', (use) => {
  it.each(PATHS)('fit a width of 360 px, and text of twice the size: %s', async (path) => {
    const { page } = await open(use, { path, view: { viewport: { width: 360, height: 800 } } })
    expect(await tooWide(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await tooWide(page)).toEqual([])
  })

  it('move nothing for those who want less motion', async () => {
    const { page } = await open(use, { view: { reducedMotion: 'reduce' } })
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')]
          .map((element) => getComputedStyle(element))
          .filter(({ transitionDuration, animationDuration }) =>
            [transitionDuration, animationDuration].some((text) =>
              text.split(',').some((one) => Number.parseFloat(one) > 0.01),
            ),
          ).length,
    )
    expect(moving).toBe(0)
  })

  it.each(['light', 'dark'] as const)(
    'have nothing that axe finds wrong with anything open: %s',
    async (colorScheme) => {
      const { page } = await open(use, { view: { colorScheme, reducedMotion: 'reduce' } })
      expect(await axe(page, colorScheme)).toEqual([])
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      expect(await axe(page, colorScheme)).toEqual([])
      await page.keyboard.press('Escape')
      await page
        .getByRole('button', { name: /^Success rate/ })
        .first()
        .hover()
      await page.getByRole('tooltip').getByText('All together').waitFor()
      expect(await axe(page, colorScheme)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Run again (reconcile)' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click()
      await page
        .locator('.toast')
        .getByText(/^Failed after/)
        .waitFor()
      expect(await axe(page, colorScheme)).toEqual([])
      await page.keyboard.press('p')
      await page.getByRole('region', { name: 'State of the data' }).waitFor()
      expect(await axe(page, colorScheme)).toEqual([])
    },
    LONG_MS,
  )
})
