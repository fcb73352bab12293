/**
 * Puts the pages that a package's README links to into the package, before it is packed (`prepack`): in its folder `docs`,
 * and the README with links to them. `--restore` takes them out again (`postpack`). Runs in the folder of the package.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { readProject, root } from './project.ts'
import { shippedPages } from './ship/shipped-pages.ts'

/** The README of the repository, while the one for the package stands in its place. */
const KEPT = '.README.kept.md'

restore()
if (!process.argv.includes('--restore')) ship()

function ship(): void {
  const readme = `packages/${basename(process.cwd())}/README.md`
  const read = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), 'utf8')
  const pages = shippedPages({ readme, read, repository: readProject().repository })
  renameSync('README.md', KEPT)
  for (const [path, text] of pages) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** Also what a packing that broke off has left. */
function restore(): void {
  if (existsSync(KEPT)) renameSync(KEPT, 'README.md')
  rmSync('docs', { recursive: true, force: true })
}
