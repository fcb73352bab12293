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
    await rate.getByRole('cell').first().waitFor()
    const values = await rate.getByRole('cell').allTextContents()
    // What failed is 0 %, and when nothing ran there is no rate.
    expect(new Set(values)).toEqual(new Set(['0 %', '–']))
    await expect.poll(() => new URL(page.url()).searchParams.get('job')).toBe('reconcile')
    await page.getByRole('button', { name: 'All jobs' }).click()
    await page.getByRole('heading', { name: 'Charts', exact: true }).last().waitFor()
    expectNoErrors()
  })

  it('are of a job that is typed with a capital and entered at once', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/charts' })
    await page.getByLabel('One job alone').fill('Reconcile')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Charts: reconcile' }).waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('job')).toBe('reconcile')
    expectNoErrors()
  })

  it('are walked by the keyboard, all to the same time, and tell what is there', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/charts?range=sixHours' })
    const outcomes = page.getByRole('figure', { name: 'Runs by outcome' })
    const lateness = page.getByRole('figure', { name: 'Lateness' })
    const walk = outcomes.getByRole('slider', { name: 'Runs by outcome: walk along it' })
    await walk.press('End')
    await walk.press('ArrowLeft')
    const tellsTime = () => walk.getAttribute('aria-valuetext')
    await expect.poll(tellsTime).toMatch(/: failed (\d+|–), timed out /)
    const said = (await tellsTime()) ?? ''
    const time = said.slice(0, said.indexOf(': '))
    await outcomes.getByText(time).waitFor()
    await lateness.getByText(time).waitFor()
    expectNoErrors()
  })

  it('show a part that is drawn out, in all of them, and leave out a series', async () => {
    const { page, expectNoErrors } = await openSection({ browser: use, path: '/system/charts?range=sixHours' })
    const outcomes = page.getByRole('figure', { name: 'Runs by outcome' })
    const picture = outcomes.getByRole('img')
    const box = await picture.boundingBox()
    if (!box) throw new Error('no picture')
    const middle = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.7, middle)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.9, middle, { steps: 3 })
    await page.mouse.up()
    const all = page.getByRole('figure', { name: 'Success rate' }).getByRole('button', { name: 'Show all of it' })
    await all.waitFor()
    const times = async () => Number(await outcomes.getByRole('slider').getAttribute('max')) + 1
    expect(await times()).toBeLessThan(30)
    await all.click()
    await all.waitFor({ state: 'detached' })
    expect(await times()).toBe(72)
    const series = outcomes.getByRole('button', { name: 'succeeded' })
    const drawn = await picture.locator('path').count()
    await series.click()
    await expect.poll(() => series.getAttribute('aria-pressed')).toBe('false')
    await expect.poll(() => picture.locator('path').count()).toBe(drawn - 1)
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
    const row = page.getByRole('table', { name: 'Instances and their states' }).getByRole('row').last()
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
    await expect.poll(() => undo.getAttribute('aria-disabled')).toBe('true')
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
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `system-charts-${colorScheme}`)
    await page.goto(url('/system/instances'))
    await page.getByRole('table', { name: 'Instances and their states' }).waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.goto(url('/system/resources'))
    await settingsOf(page).getByRole('button', { name: 'Change' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await axe(page, colorScheme)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await axe(page, colorScheme)).toEqual([])
    await screenshot(page, `system-resources-${colorScheme}`)
    expectNoErrors()
  })
})

describeInBrowser('a job that goes without a success', (use) => {
  it('says for how long, in the list, on its page and in operations', async () => {
    const { page, url, expectNoErrors } = await openSection({ browser: use, path: '/system' })
    const row = page.getByRole('row', { name: /reconcile/ })
    await row.getByText(/overdue for 1 h/).waitFor()
    await page.goto(url('/system/jobs/reconcile'))
    const numbers = page.getByRole('region', { name: 'In short' })
    await numbers.getByText('Overdue', { exact: true }).waitFor()
    await page.goto(url('/'))
    await page
      .getByText(/Overdue for 1 h/)
      .first()
      .waitFor()
    expect(await axe(page)).toEqual([])
    expectNoErrors()
  })
})
