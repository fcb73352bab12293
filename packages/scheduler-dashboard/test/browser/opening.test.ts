import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { describeInBrowser } from './harness/describe-in-browser.ts'
import { type DashboardHostOptions, openDashboard } from './harness/open-dashboard.ts'
import { screenshot } from './harness/screenshot.ts'
import { openWatchedPage } from './harness/watched-page.ts'

const PAGES = ['', '/', '/market-data', '/system', '/system/runs']

const HOSTS: readonly (readonly [string, DashboardHostOptions])[] = [
  ['under a prefix', { prefix: '/internal/ops/admin' }],
  ["under the host's own policy and ours", { withHelmet: true }],
  ['without a policy of the host', { withHelmet: false }],
  ['behind a proxy that strips a part of the path', { behind: '/tools/pm' }],
]

describeInBrowser('the pages in a browser', (use) => {
  it.each(HOSTS)('open %s, without an error and without a violation', async (_name, options) => {
    const host = await openDashboard(options)
    const watched = await openWatchedPage(use.browser)
    await watched.page.goto(host.loginUrl('ada'))
    for (const path of PAGES) {
      const answer = await watched.page.goto(`${host.url}${path}`)
      expect({ path, status: answer?.status() }).toEqual({ path, status: 200 })
      await watched.page.waitForSelector('#app > *')
      const elsewhere = watched.requests.filter((request) => !request.url().startsWith(host.origin))
      expect(elsewhere.filter((request) => !request.url().startsWith('data:')).map((request) => request.url())).toEqual(
        [],
      )
      watched.expectNoErrors()
    }
  })

  it('lead to the login of the host, and back to the page that was asked for', async () => {
    const host = await openDashboard({
      options: { login: (_req, { returnTo }) => `/login?to=${encodeURIComponent(returnTo)}` },
    })
    const { page, expectNoErrors } = await openWatchedPage(use.browser)
    await page.goto(`${host.url}/system/runs?state=failed`)
    expect(await page.title()).toBe('Log in')
    const back = new URL(page.url()).searchParams.get('to')
    expect(back).toBe('/admin/system/runs?state=failed')
    await page.goto(`${host.origin}/login?as=ada&to=${encodeURIComponent(back ?? '')}`)
    await expect.poll(() => page.url()).toBe(`${host.url}/system/runs?state=failed`)
    expectNoErrors()
  })
})

describeInBrowser('a page that is not opened', (use) => {
  const refusals = [
    ['logged-out', 401, 'You are not logged in', null, ''],
    ['forbidden', 403, 'This page is not for you', 'ann', ''],
    ['not-found', 404, 'There is no such page', 'ada', '/nothing'],
  ] as const

  it.each(refusals)('says why: %s', async (name, status, heading, user, path) => {
    const host = await openDashboard({ options: { title: 'Portfolio manager' } })
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 390]) {
        const watched = await openWatchedPage(use.browser, { colorScheme, viewport: { width, height: 800 } })
        if (user !== null) await watched.page.goto(host.loginUrl(user, path))
        watched.forget()
        const answer = await watched.page.goto(`${host.url}${path}`)
        expect(answer?.status()).toBe(status)
        expect(await watched.page.getByRole('heading', { level: 1 }).textContent()).toBe(heading)
        expect(watched.violations).toEqual([])
        if (width === 390) expect(await axe(watched.page)).toEqual([])
        await screenshot(watched.page, `${name}-${colorScheme}-${width}`)
      }
  })

  it('leads an analyst to the page that is theirs', async () => {
    const host = await openDashboard()
    const { page } = await openWatchedPage(use.browser)
    await page.goto(host.loginUrl('ann', '/system/jobs/poll'))
    await page.getByRole('link', { name: 'Market data' }).click()
    await page.waitForURL(`${host.url}/market-data`)
  })
})

describeInBrowser('the appearance of a page', (use) => {
  it('has the colours of the host, as the viewer or the system wants them', async () => {
    const theme = { light: { accent: '#7a1fa2' }, dark: { accent: '#d3a4f0' } }
    const host = await openDashboard({ options: { theme } })
    const watched = await openWatchedPage(use.browser, { colorScheme: 'dark' })
    const accent = () =>
      watched.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
    await watched.page.goto(host.loginUrl('ada'))
    await expect.poll(() => accent()).toBe('#d3a4f0')

    await watched.page.evaluate(() => localStorage.setItem('scheduler-theme', 'light'))
    for (const path of ['', '/system', '/nothing']) {
      await watched.page.goto(`${host.url}${path}`, { waitUntil: 'commit' })
      await watched.page.waitForSelector('h1, #app > *')
      expect(await watched.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light')
      expect(await accent()).toBe('#7a1fa2')
    }
    expect(watched.violations).toEqual([])
  })

  it('keeps ours where the host set the other appearance alone', async () => {
    const theme = { light: { page: '#fffdf7', text: '#102030' } }
    const host = await openDashboard({ options: { theme } })
    const { page } = await openWatchedPage(use.browser, { colorScheme: 'dark' })
    const colours = () =>
      page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color])
    await page.goto(host.loginUrl('ada'))
    await expect.poll(() => colours()).toEqual(['rgb(15, 18, 22)', 'rgb(232, 235, 240)'])
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await colours()).toEqual(['rgb(255, 253, 247)', 'rgb(16, 32, 48)'])
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
    expect(await colours()).toEqual(['rgb(15, 18, 22)', 'rgb(232, 235, 240)'])
  })

  it('shows what the host says of itself as text', async () => {
    const evil = '<img src=x onerror="document.title=1">'
    const host = await openDashboard({
      options: { title: evil, badge: { name: evil }, links: [{ label: evil, href: '/' }] },
    })
    const watched = await openWatchedPage(use.browser)
    await watched.page.goto(host.loginUrl('ada'))
    await watched.page.waitForSelector('#app > *')
    expect(await watched.page.locator('img').count()).toBe(0)
    expect(await watched.page.title()).not.toBe('1')
    watched.expectNoErrors()
  })
})

describeInBrowser('the clock of a page', (use) => {
  it('is that of the server from the first question on, also where the clock of the viewer goes wrong', async () => {
    const host = await openDashboard()
    await host.schedulers[0]?.runJob('poll', { by: 'ada', why: 'to see' })
    const { page } = await openWatchedPage(use.browser)
    await page.goto(host.loginUrl('ada', '/nothing'))
    for (const hours of [-48, 48]) {
      await page.clock.setSystemTime(Date.now() + hours * 3_600_000)
      const asked = page.waitForRequest((request) => request.url().includes('/admin/audit'))
      await page.goto(`${host.url}/system/audit`)
      const to = Date.parse(new URL((await asked).url()).searchParams.get('to') ?? '')
      expect(Math.abs(to - Date.now())).toBeLessThan(2 * 3_600_000)
    }
  })
})
