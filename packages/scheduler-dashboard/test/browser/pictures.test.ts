import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Scheduler } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished, vi } from 'vitest'

import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { openDashboard } from './harness/open-dashboard.ts'
import { standsStill } from './harness/stands-still.ts'
import { openWatchedPage } from './harness/watched-page.ts'
import { differenceOf } from './pictures/difference.ts'
import { openScene, PICTURED_AT } from './pictures/scene.ts'

const FOLDER = join(import.meta.dirname, '../../../../docs/pictures')
/** `pnpm docs:pictures` sets it, and the pictures are written anew. */
const isWriting = Boolean(process.env['PICTURES_ARE_WRITTEN'])
/** Fonts and their edges differ between machines. */
const MAY_DIFFER = 0.06

/** The failed run at three o'clock in Berlin, with why it is as it is. */
const ASKED = 'range=sixHours&job=reconcile_accounts&at=2026-11-30T14:00:00.000Z'

/** What is another one each time. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g

const PAGES = [
  { name: 'admin', path: '', seen: 'reconcile_accounts' },
  { name: 'market-data', path: '/market-data', seen: 'SAP' },
  { name: 'system', path: `/system/audit?${ASKED}`, seen: 'The broker answered 503' },
]

describeInBrowser('a picture of README', (use) => {
  for (const { name, path, seen } of PAGES)
    it.each(['light', 'dark'] as const)(`shows the page ${name} as it is today, in %s`, async (colorScheme) => {
      const page = await openPage(use, await openScene(), { path, colorScheme })
      await page.getByText(seen).first().waitFor()
      await standsStill(page)
      const file = join(FOLDER, `${name}-${colorScheme}.png`)
      const picture = await page.screenshot({ animations: 'disabled' })
      if (isWriting) keep(file, picture)
      expect(existsSync(file), `${file} is there: pnpm docs:pictures`).toBe(true)
      expect(await differenceOf(page, readFileSync(file), picture)).toBeLessThan(MAY_DIFFER)
      const text = await page.locator('main').ariaSnapshot()
      await expect(text.replace(ID, '(an id)')).toMatchFileSnapshot(join(FOLDER, `${name}.txt`))
    })
})

interface View {
  readonly path: string
  readonly colorScheme: 'light' | 'dark'
}

async function openPage(use: BrowserInUse, scheduler: Scheduler, { path, colorScheme }: View): Promise<Page> {
  // The pages tell when they were served.
  vi.useFakeTimers({ toFake: ['Date'], now: PICTURED_AT })
  onTestFinished(() => void vi.useRealTimers())
  const options = { badge: { name: 'production' }, title: 'Portfolio manager' }
  const host = await openDashboard({ schedulers: [scheduler], at: PICTURED_AT, options })
  const view = { colorScheme, viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin' }
  const { page } = await openWatchedPage(use.browser, view)
  await page.clock.setFixedTime(PICTURED_AT)
  await page.goto(host.loginUrl('ada', path))
  return page
}

function keep(file: string, picture: Buffer): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, picture)
}
