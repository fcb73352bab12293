import { createMemoryBackend, createScheduler, defineJobTemplate, every, z } from '@pm/scheduler-core'
import { expect, it, onTestFinished } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { screenshot } from './harness/screenshot.ts'
import { HOSTILE, openSection } from './system-world.ts'

async function openTemplated() {
  const scheduler = createScheduler({
    name: 'reports',
    jobs: [{ name: 'in-code', schedule: every({ hours: 1 }), handler: () => {} }],
    templates: [defineJobTemplate({ name: 'report', params: z.object({ tenant: z.string() }), handler: () => {} })],
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  await scheduler.createJobs([
    { template: 'report', name: 'report:acme', schedule: every({ hours: 1 }), params: { tenant: HOSTILE } },
  ])
  return scheduler
}

describeInBrowser('a job of a template', (use) => {
  it('shows its template and its parameters, as text', async () => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/jobs/report%3Aacme',
      schedulers: [await openTemplated()],
    })
    const panel = page.getByRole('region', { name: 'Made of the template report' })
    await panel.getByText(HOSTILE).waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'job-template')
    const isRead = page.waitForResponse(/\/jobs\/in-code\/template$/)
    await page.goto(url('/system/jobs/in-code'))
    await (await isRead).finished()
    await page.getByRole('heading', { name: 'in-code' }).first().waitFor()
    expect(await page.getByRole('heading', { name: /^Made of/ }).count()).toBe(0)
    expectNoErrors()
  })
})
