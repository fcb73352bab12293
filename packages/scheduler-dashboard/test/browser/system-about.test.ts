import { every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { openScheduler } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { HOSTILE, openSection } from './system-world.ts'

function openTagged() {
  const schedule = every({ hours: 1 })
  const handler = () => {}
  return openScheduler({
    jobs: [
      {
        name: 'prices',
        schedule,
        handler,
        description: `Fetches the prices of every holding. ${HOSTILE}`,
        owner: 'data team',
        tags: ['nightly', 'billing'],
        runbookUrl: 'https://runbooks.example.test/prices',
      },
      { name: 'digest', schedule, handler, tags: ['mail'], owner: 'web' },
      { name: 'reindex', schedule: null, handler },
    ],
  })
}

describeInBrowser('what jobs say about themselves', (use) => {
  it('is on their page, and leads to the jobs of the same owner and tag', async () => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/jobs/prices',
      schedulers: [await openTagged()],
    })
    await page.getByText(`Fetches the prices of every holding. ${HOSTILE}`).waitFor()
    const runbook = page.getByRole('link', { name: 'Runbook' })
    expect(await runbook.getAttribute('href')).toBe('https://runbooks.example.test/prices')
    expect(await runbook.getAttribute('rel')).toBe('noreferrer')
    await page.getByRole('link', { name: 'nightly' }).click()
    await page.waitForURL(url('/system?tag=nightly'))
    await page.getByRole('row', { name: /prices/ }).waitFor()
    await page.getByRole('row', { name: /digest/ }).waitFor({ state: 'detached' })
    await page.goto(url('/system?owner=web'))
    await page.getByRole('row', { name: /digest/ }).waitFor()
    await page.getByRole('row', { name: /prices/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Owner: web/ }).click()
    await page.getByRole('row', { name: /prices/ }).waitFor()
    expectNoErrors()
  })

  it('is what the list filters by, as it is typed, and a tag that is none is refused in words', async () => {
    const { page, forget } = await openSection({ browser: use, path: '/system', schedulers: [await openTagged()] })
    await page.getByRole('row', { name: /reindex/ }).waitFor()
    await page.getByLabel('Tags').fill('Mail, nightly')
    await page.getByRole('row', { name: /reindex/ }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /digest/ }).waitFor()
    await page.getByRole('row', { name: /prices/ }).waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('tag')).toBe('mail,nightly')
    await page.getByLabel('Tags').fill('ü')
    await page.getByText(/1 to 20 tags between commas/).waitFor()
    forget()
  })

  it('is that they have no schedule, too', async () => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system',
      schedulers: [await openTagged()],
    })
    await page
      .getByRole('row', { name: /reindex/ })
      .getByText('on demand')
      .first()
      .waitFor()
    await page.goto(url('/system/jobs/reindex'))
    await page.getByText('Nothing is due by itself').waitFor()
    await page.getByRole('button', { name: 'Change schedule' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('radio', { name: 'On demand' }).isChecked()).toBe(true)
    const next = dialog.locator('.before-after')
    for (const title of ['Now', 'Then'])
      await next.locator('div', { hasText: title }).getByText('none', { exact: true }).waitFor()
    expectNoErrors()
  })

  it.each(['light', 'dark'] as const)('has no violation, on a telephone too: %s', async (colorScheme) => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/jobs/prices',
      view: { colorScheme },
      schedulers: [await openTagged()],
    })
    await page.getByRole('link', { name: 'Runbook' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `job-about-${colorScheme}`)
    await page.setViewportSize({ width: 360, height: 740 })
    await screenshot(page, `job-about-${colorScheme}-360`)
    await page.goto(url('/system?owner=web'))
    await page.getByRole('row', { name: /digest/ }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `jobs-tags-${colorScheme}-360`)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(url('/system'))
    await page.getByRole('row', { name: /digest/ }).waitFor()
    await screenshot(page, `jobs-tags-${colorScheme}`)
    expectNoErrors()
  })
})
