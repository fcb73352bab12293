import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { openSection } from './system-world.ts'

/** A run that waits for its second try, which is hours away. */
async function openWaiting() {
  const scheduler = await openScheduler({
    jobs: [
      {
        name: 'import',
        schedule: every({ hours: 24 }),
        retry: { maxAttempts: 3, backoffMs: 7_200_000, maxBackoffMs: 7_200_000 },
        handler: () => Promise.reject(new Error('the bank is closed')),
      },
    ],
  })
  const { runId } = await scheduler.runJob('import', { by: 'ada', why: 'to see' })
  return { scheduler, runId }
}

describeInBrowser('a run that waits', (use) => {
  it.each(['light', 'dark'] as const)('says until when, and why its last try failed: %s', async (colorScheme) => {
    const { scheduler, runId } = await openWaiting()
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: `/system/runs/${runId}`,
      schedulers: [scheduler],
      view: { colorScheme },
    })
    await page.getByText(/^Waits for try 2, in (1 h|2 h)/).waitFor()
    await page.getByRole('heading', { name: 'Why its last try failed' }).waitFor()
    await page.getByRole('region', { name: 'Why its last try failed' }).getByText('the bank is closed').waitFor()
    const tries = await page.getByRole('list', { name: 'Tries' }).getByRole('listitem').allTextContents()
    expect(tries).toEqual([
      '1: failed, tried again: the bank is closed',
      expect.stringMatching(/^2: in (1 h|2 h)/),
      '1 left',
    ])
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `run-waiting-${colorScheme}`)
    await page.goto(url('/system/runs'))
    await page.getByRole('link', { name: 'waiting' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(url(`/system/runs/${runId}`))
    await page.getByText(/^Waits for try 2/).waitFor()
    await screenshot(page, `run-waiting-${colorScheme}-360`)
    expectNoErrors()
  })
})

/** A run that a shutdown broke off. Where its policy goes on with it, it waits: its job has left the code. */
async function openBrokenOff(onOrphan: 'fail' | 'rerun') {
  const backend = createMemoryBackend()
  const job = {
    name: 'broken-off',
    schedule: every({ hours: 24 }),
    onOrphan,
    timeoutMs: null,
    handler: ({ signal }: { readonly signal: AbortSignal }) =>
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    retry: { maxAttempts: 3 },
  }
  const first = createScheduler({ name: 'portfolio', jobs: [job], ...backend })
  await first.open()
  const { runId } = await first.runJob(job.name, { by: 'ada', why: 'to see' })
  await first.close({ graceMs: 0 })
  return { scheduler: await openScheduler({ jobs: onOrphan === 'fail' ? [job] : [], ...backend }), runId }
}

describeInBrowser('a run that a shutdown broke off', (use) => {
  it.each(['light', 'dark'] as const)('is told from one that was cancelled or failed: %s', async (colorScheme) => {
    const { scheduler, runId } = await openBrokenOff('fail')
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/runs?state=interrupted',
      schedulers: [scheduler],
      view: { colorScheme },
    })
    await page.getByRole('link', { name: 'interrupted' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `runs-interrupted-${colorScheme}`)
    await page.goto(url(`/system/runs/${runId}`))
    await page.getByText(/^Interrupted after/).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.goto(url('/system/audit'))
    await page
      .getByText(/1 interrupted/)
      .first()
      .waitFor()
    await screenshot(page, `audit-interrupted-${colorScheme}`)
    expectNoErrors()
  })

  it('waits for an instance where its policy goes on with it, and its tries say so', async () => {
    const { scheduler, runId } = await openBrokenOff('rerun')
    const path = `/system/runs/${runId}`
    const { page, expectNoErrors } = await openSection({ browser: use, path, schedulers: [scheduler] })
    await page.getByText(/^Waits for an instance that takes it up/).waitFor()
    const tries = page.getByRole('list', { name: 'Tries' }).getByRole('listitem')
    await tries.getByText('1: interrupted, tried again').waitFor()
    await tries.getByText('2: as soon as an instance takes it up').waitFor()
    await screenshot(page, 'run-released')
    expectNoErrors()
  })
})
