import { every } from '@pm/scheduler-core'
import { commandBody, jobConfigBody } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { HOSTILE, openSection } from './system-world.ts'

/** A job that is given a few plain values, one that is given parts of parts, and one that is given nothing. */
function openAsking() {
  const handler = () => {}
  return openScheduler({
    jobs: [
      { name: 'import', schedule: null, input: commandBody, handler },
      { name: 'rebuild', schedule: null, input: jobConfigBody, handler },
      { name: 'plain', schedule: every({ hours: 24 }), handler },
    ],
  })
}

describeInBrowser('a run with an input', (use) => {
  it('is asked for by a form, refused in words, and shown as text', async () => {
    const { page, expectNoErrors, forget } = await openSection({
      browser: use,
      path: '/system/jobs/import',
      schedulers: [await openAsking()],
    })
    await page.getByRole('button', { name: 'Run now' }).click()
    const dialog = page.getByRole('dialog')
    const input = dialog.getByRole('group', { name: 'Input' })
    await input.getByLabel('why').fill(HOSTILE)
    await input.getByLabel('expected_version').fill('many')
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await dialog.getByText('expected_version is no number.').waitFor()
    await input.getByLabel('expected_version').fill('-3')
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await dialog.getByText(/expected_version: expected/).waitFor()
    forget()
    await input.getByLabel('expected_version').fill('3')
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'run-input-form')
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await page.getByRole('link', { name: 'Open the run' }).first().click()
    await page.getByRole('region', { name: 'What it was given' }).getByText(HOSTILE).waitFor()
    // Once more with the same.
    await page.getByRole('button', { name: 'Run again' }).click()
    await input.waitFor()
    expect(await input.getByLabel('why').inputValue()).toBe(HOSTILE)
    expect(await input.getByLabel('expected_version').inputValue()).toBe('3')
    await screenshot(page, 'run-input-again')
    expectNoErrors()
  })

  it('is written as JSON where it has parts of parts, in a narrow window too', async () => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/jobs/rebuild',
      schedulers: [await openAsking()],
      view: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
    })
    await page.getByRole('button', { name: 'Run now' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Input as JSON').fill('[{')
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await dialog.getByText('This is no JSON.').waitFor()
    await dialog.getByLabel('Input as JSON').fill('{ "retry": { "max_attempts": 7 } }')
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'run-input-json-360')
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.goto(url('/system/runs'))
    await page.getByRole('link', { name: 'succeeded' }).click()
    await page.getByText('"max_attempts": 7').waitFor()
    expectNoErrors()
  })

  it('begins anew for another job that is picked', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '', schedulers: [await openAsking()] })
    await page.getByRole('group', { name: 'Controls of portfolio' }).getByRole('button', { name: 'Run now' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('option', { name: /^import/ }).click()
    const input = dialog.getByRole('group', { name: 'Input' })
    await input.getByLabel('why').fill('for import alone')
    await input.getByLabel('expected_version').fill('many')
    await input.getByRole('button', { name: 'Write it as JSON' }).click()
    await expect.poll(() => dialog.getByLabel('Input as JSON').inputValue()).toContain('"why": "for import alone"')
    await dialog.getByRole('combobox').fill('rebuild')
    await dialog.getByRole('option', { name: /^rebuild/ }).click()
    await page.getByRole('dialog', { name: 'Run rebuild now' }).getByLabel('Input as JSON').waitFor()
    expect(await dialog.getByLabel('Input as JSON').inputValue()).toBe('')
    expectNoErrors()
  })

  it('is not run again without it while the job is still being read', async () => {
    const scheduler = await openAsking()
    const { runId } = await scheduler.runJob('import', { by: 'ada', input: { why: 'as before' } })
    await scheduler.whenIdle()
    const path = `/system/runs/${runId}`
    const { page, expectNoErrors } = await openSection({ browser: use, path, schedulers: [scheduler] })
    await page.getByRole('region', { name: 'What it was given' }).getByText('as before').waitFor()
    const isRead = Promise.withResolvers<void>()
    await page.route(/\/jobs\/import$/, async (route) => {
      await isRead.promise
      await route.continue()
    })
    await page.getByRole('button', { name: 'Run again' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Run again' }).click()
    await dialog.getByText('What the job takes is being read.').waitFor()
    isRead.resolve()
    await dialog.getByLabel('why').waitFor()
    await dialog.getByRole('button', { name: 'Run again' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { items } = await scheduler.listRuns({ limit: 10 })
    expect(items.map((run) => run.kind === 'run' && run.input)).toEqual([{ why: 'as before' }, { why: 'as before' }])
    expectNoErrors()
  })

  it('is not asked for where a job takes none', async () => {
    const { page } = await openSection({
      browser: use,
      path: '/system/jobs/plain',
      schedulers: [await openAsking()],
    })
    await page.getByRole('button', { name: 'Run now' }).click()
    await page.getByRole('dialog').getByLabel('Reason').waitFor()
    expect(await page.getByRole('dialog').getByRole('group', { name: 'Input' }).count()).toBe(0)
  })
})
