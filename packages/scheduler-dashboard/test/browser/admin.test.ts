import { every, type Scheduler } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import {
  type DashboardHost,
  type DashboardHostOptions,
  openDashboard,
  openScheduler,
} from './harness/open-dashboard.ts'
import { openWatchedPage } from './harness/watched-page.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

/** A scheduler of four jobs, of which one has failed, with hostile words wherever somebody can write some. */
async function openPortfolio(): Promise<Scheduler> {
  const calm = { schedule: every({ hours: 1 }), handler: () => {} }
  const scheduler = await openScheduler({
    jobs: [
      { name: 'poll', ...calm },
      { name: 'statements', ...calm },
      { name: 'vacuum', schedule: every({ minutes: 10 }), handler: () => {} },
      { name: 'reconcile', ...calm, handler: () => Promise.reject(new Error(`no account ${HOSTILE}`)) },
    ],
  })
  await scheduler.runJob('poll', { by: HOSTILE, why: `first of the day ${HOSTILE}` })
  await scheduler.runJob('reconcile')
  await scheduler.whenIdle()
  return scheduler
}

interface Opened {
  readonly page: Page
  readonly host: DashboardHost
  readonly expectNoErrors: () => void
}

interface Opening extends DashboardHostOptions {
  readonly browser: BrowserInUse
  readonly path?: string
  readonly view?: Parameters<typeof openWatchedPage>[1]
}

/** The page of operations, once it shows something. */
async function openPage({ browser, path = '', view = {}, ...given }: Opening): Promise<Opened> {
  const schedulers = given.schedulers ?? [await openPortfolio()]
  const badge = { name: 'production', tone: 'alarming' } as const
  const host = await openDashboard({ ...given, schedulers, options: { badge, ...given.options } })
  const { page, expectNoErrors } = await openWatchedPage(browser.browser, view)
  page.on('dialog', (dialog) => {
    throw new Error(`A script of somebody else ran: ${dialog.message()}`)
  })
  await page.goto(host.loginUrl('ada', path))
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Asking' }).waitFor()
  return { page, host, expectNoErrors }
}

const controlsOf = (page: Page) => page.getByRole('group', { name: 'Controls of portfolio' })
const logOf = (page: Page) => page.getByRole('list', { name: 'Commands, latest first' })
const button = (page: Page, name: string | RegExp) => controlsOf(page).getByRole('button', { name, exact: true })

describeInBrowser('the page of operations', (use) => {
  it('tells the reason of a failure without a click, and leads to its run with one', async () => {
    const { page, host, expectNoErrors } = await openPage({ browser: use })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('portfolio: 1 job failing')
    expect(await page.title()).toMatch(/^\(1\) Operations/)
    const row = page.getByRole('list', { name: /need attention/ }).getByRole('listitem')
    await row.getByText(`no account ${HOSTILE}`).waitFor()
    await row.getByRole('link', { name: 'Open run (reconcile)' }).click()
    await page.waitForURL(new RegExp(`^${host.url}/system/runs/[0-9a-f-]{36}$`))
    expectNoErrors()
  })

  it('pauses with a reason, shows it, and resumes', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use })
    expect(await button(page, /^Resume/).getAttribute('aria-disabled')).toBe('true')
    await button(page, 'Pause').click()
    const dialog = page.getByRole('dialog', { name: 'Pause portfolio' })
    expect(await dialog.getByRole('button', { name: 'Cancel' }).evaluate((one) => one === document.activeElement)).toBe(
      true,
    )
    await dialog.getByText('production').waitFor()
    await dialog.getByText('15 min', { exact: true }).click()
    await dialog.getByText('suppressed', { exact: true }).first().waitFor()
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'Say why' }).waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(`maintenance ${HOSTILE}`)
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await page.locator('.toast').getByText('Done').waitFor()
    await page.getByText(/Asked to pause by ada/).waitFor()
    await logOf(page).getByText(`maintenance ${HOSTILE}`).waitFor()
    await button(page, 'Change end').waitFor()
    await button(page, 'Resume').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
    await button(page, 'Pause').waitFor()
    expectNoErrors()
  })

  it('stops and starts, and says what cannot be done in between', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use })
    await button(page, 'Stop').click()
    const dialog = page.getByRole('dialog', { name: 'Stop portfolio' })
    await dialog.getByText('missed', { exact: true }).first().waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('moving house')
    await dialog.getByRole('button', { name: 'Stop' }).click()
    await button(page, 'Run now : It is stopped: no job can be run.').waitFor()
    await page.getByText(/Asked to stop by ada/).waitFor()
    await button(page, 'Start').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
    await button(page, 'Pause').waitFor()
    await logOf(page).getByText('moving house').waitFor()
    expectNoErrors()
  })

  it('runs a job that is found by a part of its name, by keyboard alone, and tells how it ended', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use })
    await button(page, 'Run now').focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Run a job now' })
    await dialog.getByRole('option', { name: /^poll/ }).waitFor()
    // It waits for no answer: what the text finds is meant, not what the list shows until then.
    await page.keyboard.type('conc')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Run reconcile now' }).getByText('Its last 1 run failed.').waitFor()
    await page.keyboard.press('Enter')
    const toast = page.locator('.toast')
    await toast.getByText(/^Failed after .*: no account/).waitFor()
    expect(await toast.getByRole('link', { name: 'Open the run' }).getAttribute('href')).toContain('/system/runs/')
    await page.getByText('Failed 2 times in a row').waitFor()
    expectNoErrors()
  })

  it('runs a failed job again from its row, while the row stays', async () => {
    const { page } = await openPage({ browser: use })
    await page.getByRole('button', { name: 'Run again (reconcile)' }).click()
    await page.getByRole('dialog', { name: 'Run reconcile now' }).getByRole('button', { name: 'Run now' }).click()
    await page.getByText('Failed 2 times in a row').waitFor()
  })

  it('pauses a job from the menu of its row', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use })
    await page.getByRole('button', { name: 'More for reconcile' }).click()
    expect(await page.getByRole('menuitem', { name: 'Resume It is not paused.' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
    await page.getByRole('menuitem', { name: 'Pause', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Pause reconcile' })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('the custodian is away')
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Failed once, Paused').waitFor()
    expectNoErrors()
  })

  it('pauses several jobs at once, with the environment plain to see', async () => {
    const scheduler = await openPortfolio()
    await scheduler.pauseJob('statements')
    const { page, expectNoErrors } = await openPage({ browser: use, schedulers: [scheduler] })
    await page.getByRole('checkbox', { name: 'Select reconcile' }).check()
    await page.getByRole('checkbox', { name: 'Select statements' }).check()
    const bar = page.getByRole('group', { name: '2 jobs selected' })
    await bar.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('dialog', { name: 'Resume statements' }).getByRole('button', { name: 'Cancel' }).click()
    await bar.getByRole('button', { name: 'Pause' }).click()
    const dialog = page.getByRole('dialog', { name: 'Pause reconcile' })
    await dialog.getByText('production').waitFor()
    await dialog.getByText('Open end').click()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('until the custodian is back')
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Failed once, Paused').waitFor()
    await logOf(page).getByText('until the custodian is back').waitFor()
    expectNoErrors()
  })

  it('has no control for those who may not command', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use, options: { control: false } })
    await page.getByText(`no account ${HOSTILE}`).waitFor()
    expect(
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(Run|Pause|Resume|Stop|Start|Change)\b/ })
        .count(),
    ).toBe(0)
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expectNoErrors()
  })

  it('shows what others wrote as text', async () => {
    const { page, expectNoErrors } = await openPage({ browser: use })
    await logOf(page).getByText(`first of the day ${HOSTILE}`).waitFor()
    await logOf(page).getByText(HOSTILE, { exact: true }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expectNoErrors()
  })

  it('keeps its filters in the address', async () => {
    const { page, host } = await openPage({ browser: use, path: '/?job=poll' })
    await logOf(page).getByText('first of the day').waitFor()
    expect(await logOf(page).getByRole('listitem').count()).toBe(1)
    await page.getByText('Lifetime').click()
    await page.waitForURL(new RegExp(`^${host.url}/?\\?job=poll&window=lifetime$`))
    await page.reload()
    await page.getByRole('radio', { name: 'Lifetime', checked: true }).waitFor()
  })

  it('walks along the latest runs by keyboard, to the page of one', async () => {
    const { page, host } = await openPage({ browser: use })
    const strip = page.getByRole('listbox', { name: /Runs of portfolio: 2 latest/ })
    await strip.focus()
    await page.keyboard.press('ArrowLeft')
    await strip.getByRole('option', { name: /^poll, succeeded/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`^${host.url}/system/runs/`))
  })

  it('shows several schedulers side by side, and what fires next over all of them', async () => {
    const second = await openScheduler({ name: 'recalculation' })
    await second.pause({ by: 'ann', why: 'month end' })
    const { page } = await openPage({ browser: use, schedulers: [await openPortfolio(), second] })
    await page.getByText(/0 of 2 are well; portfolio: 1 job failing.*; recalculation: paused\./).waitFor()
    await page.getByText(/Asked to pause by ann/).waitFor()
    const fires = page.getByRole('table', { name: /next due times/ })
    await fires.getByRole('rowheader').filter({ hasText: 'vacuum' }).nth(1).waitFor()
    await fires.getByText('suppressed by a pause').first().waitFor()
    await page.getByRole('combobox', { name: 'Log of' }).selectOption('recalculation')
    await logOf(page).getByText('month end').waitFor()
  })
})

describeInBrowser('the page of operations, for everyone', (use) => {
  it.each(['light', 'dark'] as const)('has nothing that axe finds wrong: %s', async (colorScheme) => {
    const { page } = await openPage({ browser: use, view: { colorScheme, reducedMotion: 'reduce' } })
    await page.getByText(`no account ${HOSTILE}`).waitFor()
    await page.getByRole('checkbox', { name: 'Select reconcile' }).check()
    expect(await axe(page, colorScheme)).toEqual([])
    await button(page, 'Pause').click()
    await page.getByText('A moment').click()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.keyboard.press('Escape')
    await button(page, 'Run now').click()
    await page.getByRole('dialog').getByRole('option').first().waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
  })

  it('says what would be here where nothing is', async () => {
    const scheduler = await openScheduler({
      jobs: [{ name: 'poll', schedule: every({ hours: 1 }), handler: () => {} }],
    })
    const { page } = await openPage({ browser: use, schedulers: [scheduler] })
    await page.getByText('Nothing needs attention').waitFor()
    await page.getByText('Nobody has commanded anything').waitFor()
    await page.getByText('No runs yet').waitFor()
    expect(await axe(page)).toEqual([])
  })

  it('has no width of its own: 360 px, and text at 200 %', async () => {
    const { page } = await openPage({ browser: use, view: { viewport: { width: 360, height: 800 } } })
    await page.getByRole('list', { name: /need attention/ }).scrollIntoViewIfNeeded()
    await page.getByText(`no account ${HOSTILE}`).waitFor()
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await overflow()).toBeLessThanOrEqual(0)
  })
})
