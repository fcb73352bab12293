import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'

import type { MachineFacts } from '../result.ts'
import { ROOT } from './build.ts'

export function loadNow(): number {
  return Math.round((loadavg()[0] ?? Number.NaN) * 10) / 10
}

/** What of this machine says something elsewhere. */
export function machineFacts(loadBefore: number): MachineFacts {
  return {
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    load: [loadBefore, loadNow()],
  }
}

/** The versions of Node and of these packages, as they are installed for the benches. */
export function versionsOf(packages: readonly string[]): Readonly<Record<string, string>> {
  const installed = packages.map((name) => [name, versionOf(name)] as const)
  return { node: process.versions.node, ...Object.fromEntries(installed) }
}

/** Of a dependency of the benches, or of one that only core has. */
function versionOf(name: string): string {
  const files = USERS.map((user) => join(ROOT, user, 'node_modules', name, 'package.json'))
  const file = files.find((each) => existsSync(each))
  if (file === undefined) throw new Error(`${name} is not installed.`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}

const USERS = ['bench', 'packages/scheduler-core', 'packages/scheduler-dashboard']
