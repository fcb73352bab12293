import { every } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { screenshot } from './harness/screenshot.ts'
import { afterFrame } from './harness/stands-still.ts'
import { HOSTILE, openHistory, openSection } from './system-world.ts'

const AUDIT = '/system/audit?range=sixHours'

const pictureOf = (page: Page) => page.getByRole('grid', { name: 'Due times and runs' })
const answerOf = (page: Page) => page.getByRole('region', { name: 'Why?' })

/** What a screen reader says of the mark that the reader is at. */
async function active(page: Page): Promise<string> {
  await afterFrame(page)
  const id = await pictureOf(page).getAttribute('aria-activedescendant')
  return (await page.locator(`[id="${id}"]`).textContent()) ?? ''
}

/** Whether a due time is asked about that has been. */
function isOfThePast(page: Page): boolean {
  const at = new URL(page.url()).searchParams.get('at')
  return at !== null && Date.parse(at) < Date.now()
}

/** Walks to the lane of a job, and to its latest mark. */
async function walkTo(page: Page, job: string): Promise<void> {
  const picture = pictureOf(page)
  await picture.getByRole('row').filter({ hasText: job }).locator('svg').waitFor()
  await picture.focus()
  const names = await picture.getByRole('rowheader').allTextContents()
  for (let lane = 0; lane < names.findIndex((name) => name.startsWith(job)); lane++)
    await page.keyboard.press('ArrowDown')
  // The lane itself speaks until its marks are there.
  await expect
    .poll(async () => {
      await page.keyboard.press('ArrowLeft')
      return active(page)
    })
    .not.toMatch(new RegExp(`^${job}:`))
}

describeInBrowser('the audit', (use) => {
  it('says of every due time what became of it, and why in one sentence, by keyboard', async () => {
    const { page, url, expectNoErrors } = await openSection({ browser: use, path: AUDIT })
    expect(await page.getByText(/failed, \d+ missed|\d+ failed\./).textContent()).toContain('failed')
    await walkTo(page, 'reconcile')
    expect(await active(page)).toMatch(/^failed, due .*, took 1 s, HANDLER_FAILED: no account <img src=x/)
    for (let step = 0; step < 4 && !(await active(page)).startsWith('suppressed'); step++) {
      await page.keyboard.press('ArrowLeft')
    }
    expect(await active(page)).toMatch(/^suppressed by a pause, due /)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await answerOf(page).getByText(`no account ${HOSTILE}`).first().waitFor()
    const asked = new URL(page.url())
    expect(asked.searchParams.get('job')).toBe('reconcile')
    // The link has the question in it.
    await page.reload()
    await answerOf(page).getByRole('link', { name: 'Open the run' }).click()
    await expect.poll(() => page.url()).toMatch(new RegExp(`^${url('/system/runs/')}[0-9a-f-]{36}$`))
    expectNoErrors()
  })

  it('tells a run by hand, and what the pause kept from running', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: `${AUDIT}&q=poll` })
    await walkTo(page, 'poll')
    const seen: string[] = []
    for (let step = 0; step < 8; step++) {
      seen.push((await active(page)).replace(/,.*/, ''))
      await page.keyboard.press('ArrowLeft')
    }
    expect(new Set(seen)).toEqual(new Set(['ran', 'by hand', 'suppressed by a pause']))
    const legend = page.getByRole('list', { name: /What the shapes mean/ })
    expect(await legend.getByText('by hand').locator('..').textContent()).toContain('1')
    expectNoErrors()
  })

  it('counts what lies too close, and looks closer', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: `${AUDIT}&q=fast` })
    await walkTo(page, 'fast')
    expect(await active(page)).toMatch(/^\d+ due times, .* to .*: \d+ ran/)
    await page.keyboard.press('Enter')
    await answerOf(page).getByRole('list', { name: 'Counts of this bar' }).getByText('ran').waitFor()
    await answerOf(page).getByRole('button', { name: 'Look closer' }).click()
    await page.getByRole('button', { name: 'Show', exact: true }).waitFor()
    await walkTo(page, 'fast')
    expect(await active(page)).toMatch(/^ran, due /)
    await page.goBack()
    await expect.poll(() => page.url()).toContain('range=sixHours')
    expectNoErrors()
  })

  it('answers a click, shows the same as a table, and keeps its filters in the address', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: AUDIT })
    const lane = pictureOf(page).getByRole('row').filter({ hasText: 'reconcile' }).locator('svg')
    const box = await lane.boundingBox()
    // The latest mark lies just before the present, which is at 12/13 of the range.
    for (let back = 0; back < 80 && !isOfThePast(page); back += 6) {
      await lane.click({ position: { x: (box?.width ?? 0) * (12 / 13) - back, y: 25 } })
    }
    await answerOf(page).getByText('HANDLER_FAILED').first().waitFor()
    await page.getByLabel('Table').check({ force: true })
    await page.getByRole('table', { name: 'Due times of reconcile' }).getByText('failed').first().waitFor()
    await page.getByLabel('With problems').check({ force: true })
    const jobs = page.getByRole('table', { name: /Jobs and what became/ })
    await expect.poll(() => jobs.getByRole('rowheader').allTextContents()).not.toContain('poll')
    await page.getByLabel('Find a job').fill('nobody')
    await page.getByText('No job of this name').waitFor()
    const kept = new URL(page.url()).searchParams
    expect([kept.get('view'), kept.get('show'), kept.get('q')]).toEqual(['table', 'problems', 'nobody'])
    expectNoErrors()
  })

  it('takes a range of its own, and says what is no range', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/audit' })
    await page.getByLabel('Own range').check({ force: true })
    await page.getByLabel('From').fill('2026-03-29T00:00')
    await page.getByLabel('To', { exact: true }).fill('2026-03-28T00:00')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('alert').getByText('begins before it ends').waitFor()
    await page.getByLabel('To', { exact: true }).fill('2026-03-30T00:00')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('Nothing was due in this range.').waitFor()
    expectNoErrors()
  })

  it('has few elements, however many jobs there are', async () => {
    const jobs = Array.from({ length: 120 }, (_, index) => ({
      name: `job-${String(index).padStart(4, '0')}`,
      schedule: every({ minutes: 5 }),
      handler: () => {},
    }))
    const scheduler = await openHistory({
      jobs: [...jobs, { name: 'poll', schedule: every({ minutes: 5 }), handler: () => {} }],
    })
    const { page, expectNoErrors } = await openSection({ browser: use, path: AUDIT, schedulers: [scheduler] })
    await pictureOf(page).locator('svg.audit-marks').first().waitFor()
    expect(await page.locator('*').count()).toBeLessThan(2_000)
    await pictureOf(page).focus()
    for (let step = 0; step < 16; step++) await page.keyboard.press('PageDown')
    await pictureOf(page).getByRole('link', { name: 'poll' }).waitFor()
    expect(await page.locator('*').count()).toBeLessThan(2_000)
    expectNoErrors()
  })

  it.each(['light', 'dark'] as const)('has no violation in any of its states: %s', async (colorScheme) => {
    const view = { colorScheme }
    const { page, url, forget } = await openSection({ browser: use, path: AUDIT, view })
    await walkTo(page, 'reconcile')
    await page.keyboard.press('Enter')
    await answerOf(page).getByText('HANDLER_FAILED').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `system-audit-${colorScheme}`)
    await page.goto(url(`${AUDIT}&view=table&job=reconcile`))
    await page.getByRole('table', { name: 'Due times of reconcile' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.route(/api\/.*\/audit\?/, (route) => route.fulfill({ status: 503, json: { code: 'STORE_UNAVAILABLE' } }))
    forget()
    await page.goto(url(`${AUDIT}&view=picture`))
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
  })
})
