import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { root } from './project.ts'

/** A published package of ours. */
export interface PublishedPackage {
  /** Its folder's name in `packages/`. */
  readonly folder: string
  /** Its folder: an absolute path. */
  readonly path: string
  readonly manifest: PackageManifest
}

export interface PackageManifest {
  readonly name: string
  readonly version: string
  readonly engines?: { readonly node?: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** What `packages/` holds and npm gets. */
export function publishedPackages(): PublishedPackage[] {
  return readdirSync(new URL('packages/', root))
    .map((folder) => {
      const directory = new URL(`packages/${folder}/`, root)
      const manifest: PackageManifest = JSON.parse(readFileSync(new URL('package.json', directory), 'utf8'))
      return { folder, path: fileURLToPath(directory), manifest }
    })
    .filter(({ manifest }) => manifest.private !== true)
}

/** Packs a built package as it is published, and resolves with the path of its tarball. */
export async function packPackage({ path }: Pick<PublishedPackage, 'path'>, into: string): Promise<string> {
  const { stdout } = await promisify(execFile)('pnpm', ['pack', '--json', '--pack-destination', into], { cwd: path })
  const { filename }: { filename: string } = JSON.parse(stdout)
  return filename
}
