/**
 * Makes the declarations of the package in the working directory smaller, after its build: see
 * `declarations/tidy-declarations.ts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { tidyDeclarations } from './declarations/tidy-declarations.ts'

const dist = join(process.cwd(), 'dist')
const entries = entriesOf(JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')))
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })

for (const extension of ['.d.ts', '.d.cts']) {
  const texts = new Map(
    files.filter((file) => file.endsWith(extension)).map((file) => [file, readFileSync(join(dist, file), 'utf8')]),
  )
  for (const [file, text] of tidyDeclarations(texts, entries)) writeFileSync(join(dist, file), text)
}

/** The paths in `dist` of all declarations that `exports` and `imports` lead to. */
function entriesOf(manifest: { readonly exports: unknown; readonly imports?: unknown }): ReadonlySet<string> {
  const text = JSON.stringify([manifest.exports, manifest.imports])
  const paths = [...text.matchAll(/"\.\/dist\/([^"]+?)(?:\.d)?\.(c?)[jt]s"/g)]
  return new Set(paths.map(([, path, c]) => `${path}.d.${c}ts`))
}
