import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { root } from '../project.ts'
import { entriesOf, type PublishedPackage, publishedPackages, runsInBrowsers } from '../published-packages.ts'
import { BUDGETS, type Budget, PAGES_LIMIT } from './budgets.ts'
import { bundleSize } from './bundle-size.ts'

/** The sizes of one entry in bytes, minified and gzipped. */
export interface EntrySize {
  readonly entry: string
  /** What its own package has of it. */
  readonly own: number
  /** With what it needs of our other packages. */
  readonly ours: number
  /** With what it brings of others: not its peers, which the host has. */
  readonly all: number
}

export interface ProgramSize {
  readonly what: string
  readonly size: number
  readonly limit: number
}

/** A folder from which all of our packages, and all that they need, are found. */
const FROM = fileURLToPath(new URL('tools/docs/', root))

/** Every entry that code imports, one after the other. */
export async function measureEntries(): Promise<EntrySize[]> {
  const packages = publishedPackages()
  const names = packages.map(({ manifest }) => manifest.name)
  const peers = peersOf(packages)
  const others = [...strangersOf(packages), ...peers]
  const sizes: EntrySize[] = []
  for (const one of packages) {
    for (const entry of entriesOf(one)) {
      const platform = runsInBrowsers(entry) ? 'browser' : 'node'
      const program = { code: `export * from '${entry}'`, resolveDir: FROM, platform } as const
      const foreign = names.filter((name) => name !== one.manifest.name)
      sizes.push({
        entry,
        own: await bundleSize({ ...program, without: [...foreign, ...others] }),
        ours: await bundleSize({ ...program, without: others }),
        all: await bundleSize({ ...program, without: peers }),
      })
    }
  }
  return sizes
}

/** What has a budget. */
export async function measurePrograms(): Promise<ProgramSize[]> {
  const sizes: ProgramSize[] = []
  for (const budget of BUDGETS) sizes.push({ what: budget.what, size: await sizeOf(budget), limit: budget.limit })
  return [...sizes, { what: 'all files of the pages', size: pagesSize(), limit: PAGES_LIMIT }]
}

function sizeOf({ code, platform, withDependencies }: Budget): Promise<number> {
  const packages = publishedPackages()
  const without = withDependencies ? peersOf(packages) : [...strangersOf(packages), ...peersOf(packages)]
  return bundleSize({ code, platform, resolveDir: FROM, without })
}

/** Packages of others that ours depend on. */
function strangersOf(packages: readonly PublishedPackage[]): string[] {
  const names = packages.map(({ manifest }) => manifest.name)
  const all = packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}))
  return [...new Set(all)].filter((name) => !names.includes(name))
}

function peersOf(packages: readonly PublishedPackage[]): string[] {
  return [...new Set(packages.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {})))]
}

/** The files of the built pages, each gzipped as it is sent. Throws when they are not built. */
function pagesSize(): number {
  const folder = fileURLToPath(new URL('packages/scheduler-dashboard/dist/app', root))
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const sizes = files.map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name))).byteLength)
  return sizes.reduce((sum, size) => sum + size, 0)
}
