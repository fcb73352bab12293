import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'tsup'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of `child.ts` with all that it imports in one file. */
    crashChild: string
  }
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
/** What CommonJS packages expect to find once they are part of an ES module. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/**
 * Puts the child and all that it imports into one file, once for the whole run. The suites start it about a hundred
 * times, and most of the work of a process that dies after a second is to find and read 700 files.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(join(tmpdir(), 'crash-child-'))
  await build({
    config: false,
    silent: true,
    entry: { child: CHILD },
    outDir,
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
    target: 'node22',
    noExternal: [/^(?!node:)/],
    esbuildOptions(options) {
      options.conditions = ['@pm/source']
      options.banner = { js: REQUIRE }
    },
  })
  project.provide('crashChild', join(outDir, 'child.mjs'))
  return () => rmSync(outDir, { recursive: true, force: true })
}
