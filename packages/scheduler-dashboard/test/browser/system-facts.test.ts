import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { screenshot } from './harness/screenshot.ts'
import { openSection } from './system-world.ts'

const settingsOf = (page: Page) => page.getByRole('region', { name: 'Settings' })

describeInBrowser('the charts', (use) => {
  it('are of one job when it is picked, and have a table behind each', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/charts?range=sixHours' })
    await page.getByRole('figure', { name: 'Runs by outcome' }).getByRole('img').waitFor()
    await page.getByLabel('One job alone').fill('reconcile')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Charts: reconcile' }).waitFor()
    const rate = page.getByRole('figure', { name: 'Success rate' })
    await rate.getByRole('button', { name: 'Show as table' }).click()
    const values = await rate.getByRole('cell').allTextContents()
    // What failed is 0 %, and when nothing ran there is no rate.
    expect(new Set(values)).toEqual(new Set(['0 %', '–']))
    expect(new URL(page.url()).searchParams.get('job')).toBe('reconcile')
    await page.getByRole('button', { name: 'All jobs' }).click()
    await page.getByRole('heading', { name: 'Charts', exact: true }).last().waitFor()
    expectNoErrors()
  })

  it('say so where nothing was counted', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/charts?job=nobody' })
    await page.getByText(/Nothing was counted|This could not be loaded/).waitFor()
    if (await page.getByRole('button', { name: 'Try again' }).isHidden()) expectNoErrors()
  })
})

describeInBrowser('the instances', (use) => {
  it('are those that live, each with a way to its runs', async () => {
    const { page, url, expectNoErrors } = await openSection({ browser: use, path: '/system/instances' })
    const row = page.getByRole('table', { name: 'Live instances' }).getByRole('row').last()
    await row.getByText('answers this page').waitFor()
    await row.getByRole('link', { name: /^Its runs/ }).click()
    await page.waitForURL(new RegExp(`^${url('/system/runs')}\\?instance=`))
    expectNoErrors()
  })
})

describeInBrowser('the resources', (use) => {
  it('change the concurrency with a reason, and set it back', async () => {
    const { page, host, expectNoErrors } = await openSection({ browser: use, path: '/system/resources' })
    const settings = settingsOf(page)
    const undo = settings.getByRole('button', { name: /^Back to the code/ })
    await settings.getByRole('button', { name: 'Change' }).click()
    expect(await undo.getAttribute('aria-disabled')).toBe('true')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Runs at a time').fill('0')
    await dialog.getByText('A whole number of 1 or more.').waitFor()
    await dialog.getByLabel('Runs at a time').fill('7')
    await dialog.getByText('at most 7 runs at a time').waitFor()
    await dialog.getByLabel('Reason').fill('the store is slow')
    await dialog.getByRole('button', { name: 'Change' }).click()
    await dialog.waitFor({ state: 'detached' })
    await settings.getByText('set at run time').waitFor()
    await settings.getByText('7', { exact: true }).waitFor()
    const [latest] = (await host.schedulers[0]?.listLog({ limit: 1 }))?.items ?? []
    expect(latest).toMatchObject({ why: 'the store is slow', by: 'ada' })
    await undo.click()
    await page.getByRole('dialog').getByLabel('Reason').fill('it is well again')
    await page.getByRole('dialog').getByRole('button', { name: 'Back to the code' }).click()
    await settings.getByText('as the code says', { exact: true }).waitFor()
    expectNoErrors()
  })

  it('say why nothing can be changed where the viewer may only read', async () => {
    const { page, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/resources',
      options: { control: false },
    })
    const change = settingsOf(page).getByRole('button', { name: /^Change/ })
    expect(await change.getAttribute('aria-disabled')).toBe('true')
    expect(await change.textContent()).toContain('may look and not change')
    expectNoErrors()
  })

  it('tell what is not measured from 0', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/resources' })
    await page.getByRole('region', { name: 'Process' }).getByText('Event loop p99').waitFor()
    await page.getByRole('region', { name: 'Store' }).getByText('does not tell of a pool').waitFor()
    await page.getByRole('img', { name: /^Of the uptime: running/ }).waitFor()
    expectNoErrors()
  })
})

describeInBrowser('charts, instances and resources', (use) => {
  it.each(['light', 'dark'] as const)('have no violation: %s', async (colorScheme) => {
    const { page, url, expectNoErrors } = await openSection({
      browser: use,
      path: '/system/charts?range=sixHours',
      view: { colorScheme },
    })
    await page.getByRole('figure', { name: 'Due times that did not run' }).getByRole('img').waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, `system-charts-${colorScheme}`)
    await page.goto(url('/system/instances'))
    await page.getByRole('table', { name: 'Live instances' }).waitFor()
    expect(await axe(page)).toEqual([])
    await page.goto(url('/system/resources'))
    await settingsOf(page).getByRole('button', { name: 'Change' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await axe(page)).toEqual([])
    await screenshot(page, `system-resources-${colorScheme}`)
    expectNoErrors()
  })
})
