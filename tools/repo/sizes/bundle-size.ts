import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

/** A program to bundle. */
export interface Bundled {
  /** Its code: `export * from '@pm/scheduler-core'`. */
  readonly code: string
  /** The folder from which it finds packages. */
  readonly resolveDir: string
  readonly platform: 'browser' | 'node'
  /** Packages that are left out, with all their entries (default none). */
  readonly without?: readonly string[]
}

/** The bytes, gzipped, of a program that esbuild bundles and makes small. It is the esbuild that tsup brings. */
export async function bundleSize({ code, resolveDir, platform, without = [] }: Bundled): Promise<number> {
  const { build } = createRequire(createRequire(import.meta.url).resolve('tsup'))('esbuild') as Esbuild
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    external: without.flatMap((name) => [name, `${name}/*`]),
    write: false,
    logLevel: 'error',
  })
  return outputFiles.reduce((bytes, { contents }) => bytes + gzipSync(contents).byteLength, 0)
}

interface Esbuild {
  build(options: object): Promise<{ readonly outputFiles: readonly { readonly contents: Uint8Array }[] }>
}
