import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Runtime } from '../consumer.ts'
import { exec } from './exec.ts'

/** Where the packages of the runtimes have their programs. Those of other processors do not run here. */
const PROGRAMS = {
  node: ['node_modules/node-*/bin/node'],
  bun: ['node_modules/@oven/bun-*/bin/bun'],
  deno: ['node_modules/@deno/*/deno'],
}

/** The programs of runtimes, each installed from the npm registry when it is first asked for. */
export class Runtimes {
  readonly #folder: string
  readonly #found = new Map<string, Promise<string>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The absolute path of a runtime's program. Rejects when none of its packages runs here. */
  programOf(runtime: Runtime): Promise<string> {
    const name = `${runtime.kind}-${runtime.version}`
    const found = this.#found.get(name) ?? this.#install(name, runtime)
    this.#found.set(name, found)
    return found
  }

  async #install(name: string, { kind, version }: Runtime): Promise<string> {
    if (kind === 'node' && process.version === `v${version}`) return process.execPath
    const cwd = join(this.#folder, name)
    mkdirSync(cwd, { recursive: true })
    // The package `node` fetches that of the platform by a script; the others name theirs as optional dependencies.
    const carrier = kind === 'node' ? `node-${process.platform}-${process.arch}` : kind
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies: { [carrier]: version } }))
    await exec({ cwd }, ['npm', 'install', ...NPM, '--ignore-scripts'], { timeoutMs: 300_000 })
    for (const path of globSync(PROGRAMS[kind], { cwd })) {
      const program = join(cwd, path)
      const { code, stdout } = await exec({ cwd }, [program, '--version'], { mayFail: true }).catch(() => NONE)
      if (code === 0 && stdout.includes(version)) return program
    }
    throw new Error(`No program of ${kind} ${version} runs here.`)
  }
}

/** How npm is called everywhere here. */
export const NPM = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'] as const

const NONE = { code: 1, stdout: '' }
