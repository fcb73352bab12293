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
