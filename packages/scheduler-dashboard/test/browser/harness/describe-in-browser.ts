import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { REMEDY } from './find-chromium.ts'

/** A browser that is connected before the first story of the file. */
export interface BrowserInUse {
  readonly browser: Browser
}

/**
 * Stories that need a browser. They are skipped where there is none, and the setup of the project has said why; with
 * `CI_REQUIRES_CHROMIUM` they fail.
 */
export function describeInBrowser(name: string, tell: (use: BrowserInUse) => void): void {
  const endpoint = inject('browserEndpoint')
  if (endpoint === null && process.env['CI_REQUIRES_CHROMIUM']) {
    it(name, () => expect.fail(`No Chromium on this machine. ${REMEDY}`))
    return
  }
  describe.skipIf(endpoint === null)(name, () => {
    let browser: Browser | null = null
    beforeAll(async () => {
      if (endpoint !== null) browser = await chromium.connect(endpoint)
    })
    afterAll(() => browser?.close())
    tell({
      get browser() {
        if (!browser) throw new Error('The browser is connected when the first story begins.')
        return browser
      },
    })
  })
}
