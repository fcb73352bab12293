import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build } from 'tsup'

/** A file that a lab starts as a process, with all that it imports in one file. */
export interface BundledChild {
  readonly file: string
  remove(): void
}

/** What CommonJS packages expect to find once they are part of an ES module. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"

/**
 * Puts a child and all that it imports into one file, once for a whole run. Labs start it about a hundred times, and
 * most of the work of a process that dies after a second is to find and read 700 files.
 */
export async function bundleChild(entry: string): Promise<BundledChild> {
  const outDir = mkdtempSync(join(tmpdir(), 'lab-child-'))
  await build({
    config: false,
    silent: true,
    entry: { child: entry },
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
  return { file: join(outDir, 'child.mjs'), remove: () => rmSync(outDir, { recursive: true, force: true }) }
}
