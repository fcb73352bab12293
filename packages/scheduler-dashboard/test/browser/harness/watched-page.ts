import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

/** A page in a context of its own, with everything that went wrong in it. */
export interface WatchedPage {
  readonly page: Page
  /** What the console called an error, and what no script caught. A violation of the policy is among them. */
  readonly errors: readonly string[]
  /** What the policy of a page refused, by `securitypolicyviolation`. */
  readonly violations: readonly string[]
  /** Every request so far. */
  readonly requests: readonly Request[]
  /** Forgets what went wrong so far: for a story that makes it go wrong. */
  forget(): void
  /** Fails when anything went wrong, naming it. */
  expectNoErrors(): void
}

/** Far above what a step takes on a busy machine. */
const STEP_MS = 20_000

export async function openWatchedPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
  onTestFinished(() => context.close())
  const errors: string[] = []
  const violations: string[] = []
  const requests: Request[] = []
  await context.exposeFunction('reportViolation', (text: string) => void violations.push(text))
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    reportViolation([event.effectiveDirective, event.blockedURI, event.sourceFile].join(' ')))`)
  const page = await context.newPage()
  // Below what a story may take: so it says at which step it waits.
  page.setDefaultTimeout(STEP_MS)
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => void errors.push(error.stack ?? error.message))
  page.on('request', (request) => void requests.push(request))
  return {
    page,
    errors,
    violations,
    requests,
    forget() {
      errors.length = 0
      violations.length = 0
      requests.length = 0
    },
    expectNoErrors: () => expect({ errors, violations }).toEqual({ errors: [], violations: [] }),
  }
}
