import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import * as core from '@pm/scheduler-core'
import * as typeorm from '@pm/scheduler-typeorm'

/** A build of the library: this one, or that of another checkout. */
export interface Build {
  readonly name: string
  readonly core: Pick<typeof core, 'createScheduler' | 'every'>
  readonly typeorm: Pick<typeof typeorm, 'createTypeormSessions' | 'createTypeormStore' | 'migrateScheduler'>
}

export const ours: Build = { name: 'ours', core, typeorm }

/** Builds to compare: ours, and the one of a checkout with its dependencies installed, when it is given. */
export async function loadBuilds(besideCheckout: string | undefined): Promise<readonly Build[]> {
  if (besideCheckout === undefined) return [ours]
  const load = (name: string) => {
    return import(pathToFileURL(join(resolve(besideCheckout), 'packages', name, 'src/index.ts')).href)
  }
  return [ours, { name: 'other build', core: await load('scheduler-core'), typeorm: await load('scheduler-typeorm') }]
}
