/**
 * The tables of docs/guides/cron.md, which compare our cron dialect with thirteen others.
 * `node --conditions=@pm/source tools/repo/cron-dialects.ts` writes them; with `--run` it first installs the npm packages,
 * in the versions of npm-peers.ts, in a temporary folder, asks each for its due times, and writes down the answers.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Next, readingOf } from './cron-dialects/compare.ts'
import { loadPeers, PEERS } from './cron-dialects/npm-peers.ts'
import { CLOCK_ROWS, PATTERN_ROWS } from './cron-dialects/rows.ts'
import { dialectTables, type NpmColumns, withTables } from './cron-dialects/table.ts'

const answers = new URL('cron-dialects/npm-peers.json', import.meta.url)
const page = new URL('../../docs/guides/cron.md', import.meta.url)

if (process.argv.includes('--run')) writeFileSync(answers, `${JSON.stringify(await ask(), null, 2)}\n`)
const columns: NpmColumns = JSON.parse(readFileSync(answers, 'utf8'))
writeFileSync(page, withTables(readFileSync(page, 'utf8'), dialectTables(columns)))
// Some of the packages keep a timer.
process.exit()

async function ask(): Promise<NpmColumns> {
  // Far from UTC, so that a default shows.
  process.env['TZ'] = 'Asia/Tokyo'
  const folder = mkdtempSync(join(tmpdir(), 'cron-dialects-'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`)
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], { cwd: folder })
  const peers = await loadPeers(folder)
  const columns = Object.entries(PEERS).map(([name, version]) => {
    const next = peers[name as keyof typeof PEERS]
    return {
      name,
      version,
      zone: zoneOf(next),
      cells: [...PATTERN_ROWS, ...CLOCK_ROWS].map((row) => readingOf(row, next)),
    }
  })
  rmSync(folder, { recursive: true })
  return { date: new Date().toISOString().slice(0, 10), node: process.versions.node, peers: columns }
}

/** Also shows that the package is asked in the right way: a refusal of this pattern is a mistake of ours. */
function zoneOf(next: Next): string {
  const after = new Date('2026-01-01T20:00:00Z')
  const noon = next('0 12 * * *', { after, timezone: '' })
  return noon?.toISOString() === '2026-01-02T12:00:00.000Z' ? 'UTC' : "host's"
}
