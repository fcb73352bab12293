import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { screenshot } from './harness/screenshot.ts'
import { standsStill } from './harness/stands-still.ts'
import { openQueued, type QueuedWorldOptions } from './queued-world.ts'
import { type Opening, openSection } from './system-world.ts'

const SCHEMES = ['light', 'dark'] as const

describeInBrowser('runs that wait for a worker', (use) => {
  async function open(path: string, { runs = 3, view, ...options }: Scene) {
    const { scheduler, server } = await openQueued(options)
    const ids: string[] = []
    for (let count = 0; count < runs; count++) {
      ids.push((await scheduler.runJob('recalculate', { by: 'ada', why: 'to see' })).runId)
    }
    if (runs > 0) await scheduler.runJob('report', { by: 'ada' })
    const to = path.replace(':run', ids[0] ?? '')
    const opened = await openSection({ browser: use, path: to, schedulers: [scheduler], ...(view && { view }) })
    return { ...opened, scheduler, server, ids }
  }

  it.each(SCHEMES)('are where operators look first, with the job that no worker has: %s', async (colorScheme) => {
    const { page, url, expectNoErrors } = await open('', { workers: [], view: { colorScheme } })
    await page.getByText('2 jobs without a worker').first().waitFor()
    await page.getByText('No worker for 3 queued runs').waitFor()
    await page.getByText('No live worker has this job.').first().waitFor()
    await page.getByText(/^oldest /).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-admin-${colorScheme}`)
    await page.goto(url('/system?state=no_worker'))
    await page.getByText('no worker for 3').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-jobs-${colorScheme}`)
    await page.goto(url('/system/jobs/recalculate'))
    await page.getByText('Queue wait p95').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-job-${colorScheme}`)
    expectNoErrors()
  })

  it.each(SCHEMES)('are found by their state, say since when they wait, and are cancelled: %s', async (colorScheme) => {
    const { page, expectNoErrors } = await open('/system/runs?state=queued', { workers: [], view: { colorScheme } })
    await page.getByRole('link', { name: 'queued' }).first().waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-runs-${colorScheme}`)
    await page.getByRole('link', { name: 'queued' }).last().click()
    await page.getByText(/^Waits in a queue for a worker, for/).waitFor()
    const tries = page.getByRole('list', { name: 'Tries' }).getByRole('listitem')
    await tries.getByText('1: as soon as a worker takes it from its queue').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-run-${colorScheme}`)
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/It is settled as cancelled and taken back from its queue/).waitFor()
    await dialog.getByLabel('Reason').fill('not needed')
    await dialog.getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText(/^Cancelled after .* in a queue, before a worker had it\./).waitFor()
    await screenshot(page, `queued-cancelled-${colorScheme}`)
    expectNoErrors()
  })

  it.each(SCHEMES)('begin at workers, and the instances tell who runs what: %s', async (colorScheme) => {
    const scene = { workers: [1, 2, 4], runs: 12, view: { colorScheme, viewport: { width: 1400, height: 900 } } }
    const { page, url, expectNoErrors } = await open('/system/instances', scene)
    const table = page.getByRole('table', { name: 'Instances and their states' })
    await table.getByText('hands over').waitFor()
    await expect.poll(() => rolesIn(page)).toEqual(['scheduler', 'worker', 'worker', 'worker'])
    await table.getByRole('link', { name: /^4 × recalculate$/ }).waitFor()
    await table.getByText('4 / 4').waitFor()
    await table.getByText('1 / 1').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `queued-instances-${colorScheme}`)
    await page.goto(url('/system/audit'))
    await page
      .getByText(/queued/)
      .first()
      .waitFor()
    await screenshot(page, `queued-audit-${colorScheme}`)
    expectNoErrors()
  })

  it('are nowhere where no engine carries runs to workers', async () => {
    const { page, url, expectNoErrors } = await openSection({ browser: use, path: '/system/instances' })
    await page.getByText('Share of the work').first().waitFor()
    expect(await page.getByText(/queue/i).count()).toBe(0)
    for (const path of ['/system/runs', '', '/system', '/system/charts', '/system/audit']) {
      await page.goto(url(path))
      await standsStill(page)
      expect(await page.getByText(/queue/i).count()).toBe(0)
    }
    expectNoErrors()
  })
})

interface Scene extends QueuedWorldOptions {
  readonly runs?: number
  readonly view?: Opening['view']
}

async function rolesIn(page: Page): Promise<readonly string[]> {
  const cells = page.getByRole('table').getByRole('cell', { name: /^(scheduler|worker)$/ })
  return [...(await cells.allTextContents())].sort()
}
