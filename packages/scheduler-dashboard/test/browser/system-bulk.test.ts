import { every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { openHistory, openSection } from './system-world.ts'

const HOUR = 3_600_000

function openTagged() {
  const schedule = every({ hours: 24 })
  const handler = () => {}
  return openScheduler({
    jobs: [
      ...Array.from({ length: 20 }, (_, index) => ({ name: `nightly-${index}`, schedule, handler, tags: ['nightly'] })),
      { name: 'other', schedule, handler },
    ],
  })
}

describeInBrowser('commands to all jobs of a filter', (use) => {
  it('show whom they meet, are refused when that changes, and say what they did', async () => {
    const scheduler = await openTagged()
    await scheduler.pauseJob('nightly-3', { by: 'ada', why: 'before' })
    const { page, expectNoErrors, forget } = await openSection({
      browser: use,
      path: '/system?tag=nightly',
      schedulers: [scheduler],
    })
    await page.getByText('All that match').waitFor()
    await page.getByRole('toolbar', { name: 'All that match' }).getByRole('button', { name: 'Pause' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: 'Pause 20 jobs' }).waitFor()
    await dialog.getByText(/nightly-0, nightly-1.*and 8 more/).waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'jobs-filter-pause')
    await dialog.getByLabel('Reason').fill('the night is over')
    await scheduler.addJob({ name: 'nightly-20', schedule: every({ hours: 24 }), handler: () => {}, tags: ['nightly'] })
    await dialog.getByRole('button', { name: 'Pause 20 jobs' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('heading', { name: 'Pause 21 jobs' }).waitFor()
    // The console tells of the refusal.
    forget()
    await dialog.getByRole('button', { name: 'Pause 21 jobs' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Done for 20 jobs, 1 was so already').waitFor()
    const { items } = await scheduler.listLog({ limit: 50 })
    const paused = items.filter(({ kind, why }) => kind === 'pause-job' && why === 'the night is over')
    expect(new Set(paused.map(({ job }) => job)).size).toBe(20)
    expectNoErrors()
  })

  it('are for what is selected where something is, and for nobody without a filter', async () => {
    const { page } = await openSection({ browser: use, path: '/system', schedulers: [await openTagged()] })
    const pause = page.getByRole('toolbar').getByRole('button', { name: /^Pause/ })
    await page.getByText('None selected').waitFor()
    expect(await pause.getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel('Search jobs by name').fill('nightly-1')
    await page.getByText('All that match').waitFor()
    await page.getByLabel('Select nightly-1', { exact: true }).check()
    await page.getByText('1 selected').waitFor()
    // A filter by state is none that the server knows.
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: /^OK/ }).click()
    await page.getByText('None selected').waitFor()
  })

  it('meet the selected job alone, and are for all that match again once that is done', async () => {
    const scheduler = await openTagged()
    const { page, expectNoErrors } = await openSection({
      browser: use,
      path: '/system?tag=nightly',
      schedulers: [scheduler],
    })
    await page.getByLabel('Select nightly-1', { exact: true }).check()
    await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Pause' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('one alone')
    await dialog.getByRole('button', { name: 'Pause 1 job' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('toolbar', { name: 'All that match' }).waitFor()
    const row = page.getByRole('row').filter({ has: page.getByLabel('Select nightly-1', { exact: true }) })
    await row.getByText('paused').waitFor()
    const { items } = await scheduler.listLog({ limit: 50 })
    expect(items.filter(({ kind }) => kind === 'pause-job').map(({ job }) => job)).toEqual(['nightly-1'])
    expectNoErrors()
  })
})

describeInBrowser('the queue of a backfill', (use) => {
  it.each(['light', 'dark'] as const)(
    'is seen on the page of its job, and given up with a reason: %s',
    async (colorScheme) => {
      const scheduler = await openHistory()
      const now = Date.now()
      const range = { from: now - 2 * HOUR, to: now - HOUR / 2 }
      await scheduler.backfillJob('overlap', { ...range, by: 'ada', why: 'to see' })
      const path = '/system/jobs/overlap'
      const { page, expectNoErrors } = await openSection({
        browser: use,
        path,
        schedulers: [scheduler],
        view: { colorScheme },
      })
      const panel = page.getByRole('region', { name: 'Backfill', exact: true })
      await panel.getByText(/due times? waits? for (its|their) turn/).waitFor()
      expect(await axe(page, colorScheme)).toEqual([])
      await screenshot(page, `backfill-queue-${colorScheme}`)
      await panel.getByRole('button', { name: 'Cancel the backfill' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Reason').fill('not needed any more')
      await dialog.getByRole('button', { name: 'Cancel the backfill' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByText(/due times? (was|were) dropped/).waitFor()
      expectNoErrors()
    },
  )
})
