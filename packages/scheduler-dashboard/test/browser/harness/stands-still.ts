import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Resolves once nothing on the page is being loaded any more. What comes in above a button moves it: a click whose two halves
 * meet two places is none.
 */
export async function standsStill(page: Page): Promise<void> {
  await page.locator('main').first().waitFor()
  await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
}

/** Resolves once the page shows what was done so far: it renders once a frame. */
export async function afterFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}
