import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import * as marketData from '@pm/scheduler-market-data'

/** What a poll consists of, apart from the scheduler: of this build, or of another checkout. */
export type Build = Pick<typeof marketData, 'createPollJob' | 'createYahooProvider'>

/** Ours, and the build of a checkout with its dependencies installed, or ours again without one. */
export async function loadBuilds(checkout: string | undefined): Promise<Readonly<Record<'ours' | 'before', Build>>> {
  if (checkout === undefined) return { ours: marketData, before: marketData }
  const file = join(resolve(checkout), 'packages/scheduler-market-data/src/index.ts')
  return { ours: marketData, before: await import(pathToFileURL(file).href) }
}
