import { every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { HOSTILE, openSection } from './system-world.ts'

/** A run that failed for reasons behind reasons. */
async function openFailure() {
  const scheduler = await openScheduler({
    storeStacks: true,
    jobs: [
      {
        name: 'import',
        schedule: every({ hours: 1 }),
        handler() {
          const refused = Object.assign(new Error(`connect ECONNREFUSED ${HOSTILE}`), { code: 'ECONNREFUSED' })
          const unique = Object.assign(new Error('duplicate key value'), { code: '23505' })
          const teapot = Object.assign(new Error('the provider said no'), { status: 503 })
          throw new Error('fetch failed', { cause: new AggregateError([refused, unique, teapot], '') })
        },
      },
    ],
  })
  const { runId } = await scheduler.runJob('import', { by: 'ada', why: 'to see' })
  await scheduler.whenIdle()
  return { scheduler, runId }
}

describeInBrowser('why a run failed', (use) => {
  it('is told to the last cause, with the codes of the database and of HTTP, as text', async () => {
    const { scheduler, runId } = await openFailure()
    const path = `/system/runs/${runId}`
    const { page, expectNoErrors } = await openSection({ browser: use, path, schedulers: [scheduler] })
    const causes = page.getByRole('list', { name: 'What is behind it' }).getByRole('listitem')
    await causes.first().waitFor()
    expect(await causes.count()).toBe(4)
    expect(await causes.nth(0).textContent()).toContain('caused by')
    expect(await causes.nth(1).textContent()).toContain(HOSTILE)
    expect(await causes.nth(2).textContent()).toContain('23505')
    expect(await causes.nth(3).textContent()).toMatch(/one of them[\s\S]*HTTP 503/)
    await page.getByText('Where it was thrown').click()
    await page
      .getByText(/at .*system-failures/)
      .first()
      .waitFor()
    expectNoErrors()
  })

  it('is in the list of jobs by its code, beside how the last run ended', async () => {
    const { scheduler } = await openFailure()
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system', schedulers: [scheduler] })
    const row = page.getByRole('row', { name: /import/ })
    await row.getByText('ECONNREFUSED').waitFor()
    await row.getByText('failed', { exact: true }).waitFor()
    await screenshot(page, 'jobs-last-outcome')
    expectNoErrors()
  })

  it.each(['light', 'dark'] as const)('has no violation, on a telephone too: %s', async (colorScheme) => {
    const { scheduler, runId } = await openFailure()
    const path = `/system/runs/${runId}`
    const { page } = await openSection({ browser: use, path, schedulers: [scheduler], view: { colorScheme } })
    await page.getByRole('list', { name: 'What is behind it' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `run-causes-${colorScheme}`)
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `run-causes-${colorScheme}-360`)
  })
})

describeInBrowser('a handler that outlives its run', (use) => {
  it('is named by the health, and counted among the resources', async () => {
    let end = () => {}
    const scheduler = await openScheduler({
      jobs: [
        {
          name: 'deaf',
          schedule: every({ hours: 24 }),
          timeoutMs: 50,
          handler: () =>
            new Promise<void>((resolve) => {
              end = resolve
            }),
        },
      ],
    })
    await scheduler.runJob('deaf', { by: 'ada', why: 'to see' })
    const { page, url, expectNoErrors } = await openSection({ browser: use, path: '', schedulers: [scheduler] })
    await page.getByText('HANDLERS_ABANDONED').waitFor()
    await page
      .getByText(/^The handler of job "deaf" goes on/)
      .first()
      .waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'health-abandoned')
    await page.goto(url('/system/resources'))
    await page.getByRole('region', { name: 'Process' }).getByText('Abandoned handlers').waitFor()
    expect(await axe(page)).toEqual([])
    end()
    expectNoErrors()
  })
})
