import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

/** One export of a package, as a page imports it. */
export interface Imported {
  readonly name: string
  readonly from: string
  /** The folder of a package that depends on it. */
  readonly resolveDir: string
}

/** The bytes, gzipped, that esbuild puts into a page for one export. It is the esbuild that tsup brings. */
export async function bundleSize({ name, from, resolveDir }: Imported): Promise<number> {
  const { build } = createRequire(createRequire(import.meta.url).resolve('tsup'))('esbuild') as Esbuild
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from '${from}'`, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  })
  return outputFiles.reduce((bytes, { contents }) => bytes + gzipSync(contents).byteLength, 0)
}

interface Esbuild {
  build(options: object): Promise<{ readonly outputFiles: readonly { readonly contents: Uint8Array }[] }>
}
