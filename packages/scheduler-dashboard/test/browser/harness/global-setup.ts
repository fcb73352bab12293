import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

import ensureApp from '../../../ensure-app.ts'
import { findChromium, REMEDY } from './find-chromium.ts'
import { PLAIN_HOST } from './plain-host.ts'

/** Builds the pages and starts the one browser of the project, if this machine has a Chromium. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = findChromium(process.env)
  if (executablePath === null) {
    console.info(`No Chromium is here for the pages in a browser. ${REMEDY}`)
    project.provide('browserEndpoint', null)
    return undefined
  }
  await ensureApp()
  const isRoot = process.getuid?.() === 0
  const args = [`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`, ...(isRoot ? ['--no-sandbox'] : [])]
  const server = await chromium.launchServer({ executablePath, args })
  project.provide('browserEndpoint', server.wsEndpoint())
  return () => server.close()
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser listens; `null` where there is none. */
    browserEndpoint: string | null
  }
}
