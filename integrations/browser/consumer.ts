/** Pages that a bundler makes of the client and of the contract: they need no module of Node, and have a budget. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import type { Check, Consumer, Installed } from '../consumer.ts'
import { BUNDLERS } from '../versions.ts'

/** What each page may weigh, in bytes, gzipped. Two thirds of a schema's are zod's. */
const PAGES = { client: 4_000, 'contract-v1': 29_500, 'contract-v2-health': 26_500 }

export const consumers: readonly Consumer[] = [
  {
    name: 'browser-bundles',
    ours: ['scheduler-core'],
    installs: BUNDLERS,
    template: join(import.meta.dirname, 'files'),
    isShort: true,
    checks: Object.entries(PAGES).flatMap(([page, limit]) => [
      bundle(`a page with ${page} by esbuild`, limit, byEsbuild(page)),
      bundle(`a page with ${page} by Vite`, limit, byVite(page)),
    ]),
  },
]

/** Bundles a page and resolves with the path of its one file. */
type Bundle = (installed: Installed) => Promise<string>

function byEsbuild(page: string): Bundle {
  return async ({ exec }) => {
    const flags = ['--bundle', '--minify', '--format=esm', '--platform=browser', '--log-level=error']
    await exec('runtime', ['node_modules/esbuild/bin/esbuild', `${page}.js`, ...flags, `--outfile=esbuild/${page}.js`])
    return `esbuild/${page}.js`
  }
}

function byVite(page: string): Bundle {
  return async ({ exec }) => {
    await exec('runtime', ['vite-build.mjs', page])
    return `vite/${page}.js`
  }
}

function bundle(name: string, limit: number, by: Bundle): Check {
  return {
    name,
    async run(installed) {
      const code = await readFile(join(installed.folder, await by(installed)))
      if (/\b(node:[a-z_]+|__vite-browser-external)\b/.test(code.toString()))
        throw new Error('It asks for a module of Node.')
      const size = gzipSync(code).byteLength
      if (size > limit) throw new Error(`${size} bytes, gzipped, are more than ${limit}.`)
      return `${size} of ${limit} bytes`
    },
  }
}
