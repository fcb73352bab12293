import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

import ensureApp from '../../../ensure-app.ts'
import { findChromium } from './find-chromium.ts'

/**
 * Builds the pages and starts the one browser of the project. Where there is no Chromium the stories are skipped, and
 * say so; with `CI_REQUIRES_CHROMIUM` that is a failure.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = findChromium(process.env)
  if (executablePath === null) {
    if (process.env['CI_REQUIRES_CHROMIUM']) throw new Error(`No Chromium on this machine. ${REMEDY}`)
    console.info(`Skipped, since no Chromium is here: the pages in a browser. ${REMEDY}`)
    project.provide('browserEndpoint', null)
    return undefined
  }
  await ensureApp()
  const isRoot = process.getuid?.() === 0
  const server = await chromium.launchServer({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
  project.provide('browserEndpoint', server.wsEndpoint())
  return () => server.close()
}

const REMEDY = 'Debian has it in the package `chromium` (apt-get install chromium); CHROMIUM_PATH names another.'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser listens; `null` where there is none. */
    browserEndpoint: string | null
  }
}
