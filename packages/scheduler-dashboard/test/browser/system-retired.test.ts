import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { openSection } from './system-world.ts'

/** A scheduler whose job `gone` left the code with the deployment before, after it had run twice. */
async function openDeployed() {
  const backend = createMemoryBackend()
  const [stays, gone] = ['stays', 'gone'].map((name) => ({ name, schedule: every({ minutes: 1 }), handler: () => {} }))
  if (!stays || !gone) throw new Error('no jobs')
  const before = createScheduler({ name: 'portfolio', jobs: [stays, gone], ...backend })
  await before.open()
  await before.runJob('gone', { by: 'ada', why: 'to see' })
  await before.whenIdle()
  await before.runJob('gone', { by: 'ada', why: 'to see' })
  await before.whenIdle()
  await before.close()
  return openScheduler({ jobs: [stays], ...backend })
}

describeInBrowser('a job that left the code', (use) => {
  it.each(['light', 'dark'] as const)('is found by a filter, and its past stays readable: %s', async (colorScheme) => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system',
      schedulers: [await openDeployed()],
      view: { colorScheme },
    })
    await page.getByRole('row', { name: /stays/ }).waitFor()
    expect(await page.getByRole('row', { name: /gone/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Retired 1' }).click()
    await page.getByRole('row', { name: /gone/ }).getByText('retired').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `jobs-retired-${colorScheme}`)
    await page.getByRole('link', { name: 'gone' }).click()
    await page.getByText(/^It has left the code: no open instance has it any more/).waitFor()
    const run = page.getByRole('button', { name: /^Run now/ })
    expect(await run.getAttribute('aria-disabled')).toBe('true')
    const latest = page.getByRole('table', { name: /^Latest runs/ })
    await expect.poll(() => latest.getByText('succeeded').count()).toBe(2)
    // What the pointer rests on explains itself.
    await page.mouse.move(0, 0)
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `job-retired-${colorScheme}`)
    await page.setViewportSize({ width: 360, height: 740 })
    await screenshot(page, `job-retired-${colorScheme}-360`)
    await page.goto(url('/system/jobs/stays'))
    await page.getByRole('heading', { name: 'stays' }).waitFor()
    expectNoErrors()
  })

  it('is forgotten for good, with a reason, and its runs stay in the totals', async () => {
    const { page, host, url, forget } = await openSection({
      browser: use,
      path: '/system/jobs/gone',
      schedulers: [await openDeployed()],
    })
    await page.getByRole('button', { name: 'Erase its past' }).click()
    const dialog = page.getByRole('dialog')
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'job-forget')
    await dialog.getByLabel('Reason').fill('it was a trial')
    await dialog.getByRole('button', { name: 'Erase its past' }).click()
    await page.waitForURL(url('/system'))
    await page.goto(url('/system/jobs/gone'))
    await page.getByText('There is no job gone').first().waitFor()
    const [latest] = (await host.schedulers[0]?.listLog({ limit: 1 }))?.items ?? []
    expect(latest).toMatchObject({ kind: 'forget-job', why: 'it was a trial' })
    // What is no longer there answers 404.
    forget()
    await page.goto(url('/'))
    await page.getByRole('radio', { name: 'Lifetime' }).check({ force: true })
    await page.getByText(/\(2 of a job that left the code\)/).waitFor()
  })

  it('was not due when no open instance had it, and the audit and the answer say so', async () => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/audit',
      schedulers: [await openDeployed()],
    })
    await page.getByText('not defined: no open instance had the job').waitFor()
    await page.getByRole('row', { name: /gone.*not defined for a part of the time/ }).waitFor()
    await screenshot(page, 'audit-not-defined')
    const soon = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000).toISOString()
    await page.goto(url(`/system/jobs/gone?at=${soon}`))
    await page.getByText('Not defined then').waitFor()
    await page.goto(url('/'))
    await page.getByRole('radio', { name: 'Lifetime' }).check({ force: true })
    await page.getByText(/\(2 of a job that left the code\)/).waitFor()
    expectNoErrors()
  })
})
