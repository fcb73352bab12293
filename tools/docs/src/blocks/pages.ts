import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { type Block, blocksOf } from './blocks-of.ts'
import { ROOT } from './places.ts'

/** Paths of every page whose blocks are held, from the root of the repository. */
export const pages: readonly string[] = globSync(
  ['README.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md', 'integrations/*/README.md'],
  { cwd: fileURLToPath(ROOT) },
).sort()

export function readBlocks(page: string): readonly Block[] {
  return blocksOf(page, readFileSync(new URL(page, ROOT), 'utf8'))
}
