/**
 * Installs our packed packages into consumers and runs their checks: `node integrations/run.ts [word…]`, after `pnpm build`.
 * Words choose the consumers whose names contain one of them. `--short` chooses the short cut that CI takes, `--list` tells
 * the names, `--keep` leaves the folders there and tells where. Ends with one line, `N passed, N failed`.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { packPackage, publishedPackages } from '../tools/repo/published-packages.ts'
import type { Consumer } from './consumer.ts'
import { Databases } from './machinery/databases.ts'
import { findConsumers } from './machinery/find-consumers.ts'
import type { Stock } from './machinery/install.ts'
import { lineOf, tableOf } from './machinery/report.ts'
import { Runtimes } from './machinery/runtimes.ts'
import { type Outcome, tryConsumer } from './machinery/try-consumer.ts'

const { values: flags, positionals: words } = parseArgs({
  options: { short: { type: 'boolean' }, list: { type: 'boolean' }, keep: { type: 'boolean' } },
  allowPositionals: true,
})
const chosen = (await findConsumers()).filter(isWanted)

if (flags.list) for (const { name } of chosen) console.log(name)
else process.exitCode = await runAll(chosen)

function isWanted({ name, isShort = false }: Consumer): boolean {
  return (!flags.short || isShort) && (words.length === 0 || words.some((word) => name.includes(word)))
}

async function runAll(consumers: readonly Consumer[]): Promise<number> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'consumers-')))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
  if (!flags.keep) process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const databases = new Databases(join(folder, 'postgres'))
  const outcomes: Outcome[] = []
  const tell = (outcome: Outcome) => {
    outcomes.push(outcome)
    console.log(lineOf(outcome))
  }
  try {
    const tarballs = await packAll(consumers, join(folder, 'tarballs'))
    const runtimes = new Runtimes(join(folder, 'runtimes'))
    const stock: Stock = {
      folder,
      tarballs,
      runtimes,
      databases,
      isShort: flags.short ?? false,
      isKept: flags.keep ?? false,
    }
    const waiting = [...consumers]
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await tryConsumer(next, stock, tell)
    }
    await Promise.all(Array.from({ length: availableParallelism() }, lane))
  } finally {
    await databases.stop().catch((error: unknown) => console.error(error))
    if (flags.keep) console.log(`kept in ${folder}`)
  }
  const failed = outcomes.filter(({ problem }) => problem !== null).length
  if (outcomes.length > 0) console.log(`\n${tableOf(outcomes)}\n`)
  console.log(`${outcomes.length - failed} passed, ${failed} failed`)
  return failed === 0 && outcomes.length > 0 ? 0 : 1
}

/** Packs those of our packages that somebody wants, one after the other. */
async function packAll(consumers: readonly Consumer[], into: string): Promise<Map<string, string>> {
  const wanted = new Set<string>(consumers.flatMap(({ ours }) => ours))
  mkdirSync(into)
  const tarballs = new Map<string, string>()
  for (const one of publishedPackages()) {
    if (wanted.has(one.folder)) tarballs.set(one.folder, await packPackage(one, into))
  }
  return tarballs
}
