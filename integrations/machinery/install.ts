import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Consumer, Installed, Runtime } from '../consumer.ts'
import { NODE } from '../versions.ts'
import type { Databases } from './databases.ts'
import { exec } from './exec.ts'
import { NPM, type Runtimes } from './runtimes.ts'

/** What all consumers share. */
export interface Stock {
  /** Outside of the repository, so that nothing is found in a folder above. */
  readonly folder: string
  /** The tarballs of our packages, by the names of their folders. */
  readonly tarballs: ReadonlyMap<string, string>
  readonly runtimes: Runtimes
  readonly databases: Databases
  /** Whether checks that take long are left out. */
  readonly isShort: boolean
  /** Whether the folders of consumers stay when their checks are done. */
  readonly isKept: boolean
}

export const DEFAULT_RUNTIME: Runtime = { kind: 'node', version: NODE.current }

/** Writes a consumer's files into a folder of its own and installs its packages. Rejects with what npm said. */
export async function install(consumer: Consumer, stock: Stock): Promise<Installed> {
  const folder = join(stock.folder, consumer.name)
  mkdirSync(folder)
  if (consumer.template !== undefined) cpSync(consumer.template, folder, { recursive: true })
  for (const [path, content] of Object.entries({ ...consumer.files, 'package.json': manifestOf(consumer, stock) })) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const runtime = await stock.runtimes.programOf(consumer.runtime ?? DEFAULT_RUNTIME)
  const scripts = consumer.installScripts === true ? [] : ['--ignore-scripts']
  await exec({ cwd: folder }, ['npm', 'install', ...NPM, ...scripts], { timeoutMs: 600_000 })
  const place = { cwd: folder, path: [dirname(runtime), join(folder, 'node_modules/.bin')] }
  return {
    folder,
    runtime,
    exec: (program, args, options) => exec(place, [program === 'runtime' ? runtime : program, ...args], options),
    createDatabase: () => stock.databases.create(),
  }
}

function manifestOf({ name, manifest, ours, installs }: Consumer, { tarballs }: Stock): string {
  const packed = ours.map((one) => {
    const tarball = tarballs.get(one)
    if (tarball === undefined) throw new Error(`packages/${one} was not packed, and ${name} wants it.`)
    return [`@pm/${one}`, `file:${tarball}`]
  })
  const dependencies = { ...Object.fromEntries(packed), ...installs }
  return JSON.stringify({ name, version: '0.0.0', private: true, ...manifest, dependencies }, null, 2)
}
