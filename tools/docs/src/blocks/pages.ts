import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Page } from './blocks-of.ts'
import { ROOT } from './places.ts'

const PAGES: readonly string[] = globSync(
  ['README.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md', 'integrations/*/README.md'],
  { cwd: fileURLToPath(ROOT) },
).sort()

/** Every page whose blocks are held. */
export function readPages(): readonly Page[] {
  return PAGES.map(readPage)
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(new URL(path, ROOT), 'utf8') }
}
