import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Asset, createAsset, hashOf } from './asset.ts'

/** The pages as Vite built them. */
export interface BuiltApp {
  /** Changes with every build. */
  readonly build: string
  /** The script with which a page begins, and what it imports, by their addresses below the mount. */
  readonly script: string
  readonly preloads: readonly string[]
  readonly styles: readonly string[]
  readonly assets: readonly Asset[]
}

/** Reads a build and holds it in memory. Answers `null` where there is none, as in a checkout of the source. */
export function readBuiltApp(folder: string): BuiltApp | null {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const manifest = JSON.parse(text) as Manifest
  const main = manifest['main.tsx']
  if (!main) return null
  const chunks = [main, ...(main.imports ?? []).flatMap((name) => manifest[name] ?? [])]
  return {
    build: hashOf(Buffer.from(text)),
    script: main.file,
    preloads: chunks.slice(1).map((chunk) => chunk.file),
    styles: chunks.flatMap(({ css = [] }) => css),
    // Also what the manifest leaves out, as it does with workers.
    assets: readdirSync(join(folder, 'assets')).map((name) =>
      createAsset({ path: `assets/${name}`, bytes: readFileSync(join(folder, 'assets', name)) }),
    ),
  }
}

/** The manifest of Vite: what each source became. */
type Manifest = Readonly<Record<string, Chunk>>

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}
