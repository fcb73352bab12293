import { existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { root } from '../project.ts'

const repository = fileURLToPath(root)

/** Whose dependencies come first: adapters and a project have to share one copy of what both import. */
const FIRST = ['packages/scheduler-typeorm', 'packages/scheduler-express']

/**
 * Gives a project what its manifest asks for, without the network: our packages as they are built here, and those of others
 * as this repository has them. What `except` names is left out.
 */
export function linkPackages(project: string, { except }: { except: readonly string[] }): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    if (except.includes(name)) continue
    const target = join(project, 'node_modules', name)
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(
      name.startsWith('@pm/') ? join(repository, 'packages', name.slice('@pm/'.length)) : homeOf(name),
      target,
    )
  }
  symlinkSync(join(repository, 'node_modules/.bin'), join(project, 'node_modules/.bin'))
}

function homeOf(name: string): string {
  const owners = [...FIRST, ...globSync('{packages,examples}/*', { cwd: repository }), '.']
  const home = owners.map((owner) => join(repository, owner, 'node_modules', name)).find((path) => existsSync(path))
  if (home === undefined) throw new Error(`No package of this repository has ${name}.`)
  return home
}
