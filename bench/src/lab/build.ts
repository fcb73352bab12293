import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { BuildFacts } from '../result.ts'

/** A build of the library: this one, or that of another checkout. */
export interface Build {
  readonly name: string
  readonly root: string
}

export const ROOT = resolve(import.meta.dirname, '../../..')

export const ours: Build = { name: 'ours', root: ROOT }

/** Builds to compare: ours, and that of a checkout with its dependencies installed, when it is given. */
export function buildsOf(beside: string | undefined): readonly Build[] {
  return beside === undefined ? [ours] : [ours, { name: 'before', root: resolve(beside) }]
}

const MODULES = {
  core: 'packages/scheduler-core/src/index.ts',
  store: 'packages/scheduler-core/src/store.ts',
  http: 'packages/scheduler-core/src/http/index.ts',
  typeorm: 'packages/scheduler-typeorm/src/index.ts',
  marketData: 'packages/scheduler-market-data/src/index.ts',
  express: 'packages/scheduler-express/src/index.ts',
  testing: 'packages/scheduler-testing/src/index.ts',
  names: 'packages/scheduler-typeorm/src/sql/names.ts',
  fillHistory: 'packages/scheduler-typeorm/test/fill-history.ts',
} as const

interface Modules {
  readonly core: typeof import('@pm/scheduler-core')
  readonly store: typeof import('@pm/scheduler-core/store')
  readonly http: typeof import('@pm/scheduler-core/http')
  readonly typeorm: typeof import('@pm/scheduler-typeorm')
  readonly marketData: typeof import('@pm/scheduler-market-data')
  readonly express: typeof import('@pm/scheduler-express')
  readonly testing: typeof import('@pm/scheduler-testing')
  readonly names: typeof import('../../../packages/scheduler-typeorm/src/sql/names.ts')
  readonly fillHistory: typeof import('../../../packages/scheduler-typeorm/test/fill-history.ts')
}

/** A module of a build. Its own imports are those of its checkout. */
export function loadModule<N extends keyof Modules>({ root }: Pick<Build, 'root'>, name: N): Promise<Modules[N]> {
  return import(pathToFileURL(join(root, MODULES[name])).href)
}

/** What a result says of a build. */
export function factsOf({ name, root }: Build): BuildFacts {
  const git = (...args: readonly string[]) => {
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  }
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'packages')
    return { name, commit: `${git('rev-parse', '--short=10', 'HEAD')}${changed === '' ? '' : '+'}` }
  } catch {
    return { name, commit: null }
  }
}
