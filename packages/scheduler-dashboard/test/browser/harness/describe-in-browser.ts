import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, inject } from 'vitest'

/** A browser that is connected before the first story of the file. */
export interface BrowserInUse {
  readonly browser: Browser
}

/** Stories that need a browser. They are skipped where there is none; the setup of the project has said why. */
export function describeInBrowser(name: string, tell: (use: BrowserInUse) => void): void {
  const endpoint = inject('browserEndpoint')
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
