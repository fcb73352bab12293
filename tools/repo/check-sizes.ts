/**
 * Measures what programs with our built packages weigh, holds them to their budgets, and holds docs/reference/sizes.md to
 * the measures. `pnpm check:sizes`, after `pnpm build`; with `--write` it writes the page.
 */
import { readFileSync, writeFileSync } from 'node:fs'

import { root } from './project.ts'
import { measureEntries, measurePrograms } from './sizes/measure.ts'
import { outdatedRows, sizesPage } from './sizes/sizes-page.ts'

/** How far a size may move before the page has to be written again: small changes come with every commit. */
const UNNOTICED = 0.03

const programs = await measurePrograms()
for (const { what, size, limit } of programs) {
  const fits = size > 0 && size <= limit
  console.log(`${fits ? 'ok    ' : 'FAILED'} ${what}: ${size} of ${limit} bytes, gzipped`)
  if (!fits) process.exitCode = 1
}

const page = new URL('docs/reference/sizes.md', root)
const newer = sizesPage(await measureEntries(), programs)
if (process.argv.includes('--write')) writeFileSync(page, newer)
const outdated = outdatedRows(readFileSync(page, 'utf8'), newer, UNNOTICED)
console.log(`${outdated.length === 0 ? 'ok    ' : 'FAILED'} docs/reference/sizes.md tells these sizes`)
if (outdated.length > 0) {
  console.log(`       not of ${outdated.join(', ')}: run \`pnpm check:sizes --write\``)
  process.exitCode = 1
}
