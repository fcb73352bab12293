import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the built pages are made of. A change in any of these makes a build old. */
const SOURCES = [
  'app',
  'src/page-config.ts',
  'vite.config.ts',
  '../scheduler-core/src/client',
  '../scheduler-core/src/contract',
]

const here = import.meta.dirname
const target = join(here, 'dist/app')

/**
 * For Vitest, as its global setup, and as a script. Builds the pages when they are missing or older than their sources. Takes milliseconds when there is nothing to do.
 */
export default async function ensureApp(): Promise<void> {
  const manifest = join(target, 'manifest.json')
  if (
    existsSync(manifest) &&
    statSync(manifest).mtimeMs >= Math.max(...SOURCES.map((path) => newestIn(join(here, path))))
  )
    return
  // Loaded only now: Vite takes longer to load than everything above.
  const { build } = await import('vite')
  const made = join(here, `.app-${process.pid}`)
  // Vite builds for development where Vitest has set it to `test`: other files than those that are published.
  const environment = process.env['NODE_ENV']
  try {
    process.env['NODE_ENV'] = 'production'
    await build({
      root: join(here, 'app'),
      configFile: join(here, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: made },
    })
    swapIn(made)
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = environment
    rmSync(made, { recursive: true, force: true })
  }
}

/** Whoever reads the pages meanwhile finds the old ones or the new ones, and hardly ever none. */
function swapIn(made: string): void {
  const old = `${made}-old`
  if (existsSync(target)) renameSync(target, old)
  else mkdirSync(dirname(target), { recursive: true })
  renameSync(made, target)
  rmSync(old, { recursive: true, force: true })
}

function newestIn(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

if (import.meta.main) await ensureApp()
