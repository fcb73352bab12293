import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { afterAll, expect, test } from 'vitest'

import { startOn } from './application.ts'
import { eventually } from './processes.ts'
import { runMain } from './run-main.ts'

const folder = mkdtempSync(join(tmpdir(), 'portfolio-manager-'))
const occupied = createServer().listen(0, '127.0.0.1')
await once(occupied, 'listening')
const { port: takenPort } = occupied.address() as AddressInfo
writeFileSync(join(folder, 'file'), '')

afterAll(() => {
  occupied.close()
  rmSync(folder, { recursive: true, force: true })
})

interface BadInput {
  readonly name: string
  readonly environment: Readonly<Record<string, string>>
  /** The arguments (default none). */
  readonly given?: readonly string[]
  readonly says: readonly string[]
}

test.each([
  {
    name: 'every wrong variable at once',
    environment: { PORT: 'http', MARKET_DATA: 'LIVE', SYMBOLS: 'A B', ADMIN_TOKEN: 'hunter22' },
    says: [
      '4 environment variables are wrong:',
      'PORT: got "http", allowed is a whole number from 0 to 65535',
      'MARKET_DATA: got "LIVE", allowed is auto, live, replay.',
      'SYMBOLS: got "A B", allowed is up to 200 symbols',
      'ADMIN_TOKEN: got 8 characters that are not shown',
    ],
  },
  {
    name: 'a number of workers that is none',
    environment: {},
    given: ['--workers', 'many'],
    says: ['WORKERS: got "many", allowed is a whole number from 0 to 16'],
  },
  {
    name: 'an unknown argument',
    environment: {},
    given: ['--wokers=3'],
    says: ['The arguments are wrong:', '"--wokers=3" is unknown, allowed is --workers N.'],
  },
  {
    name: 'a port in use',
    environment: { PORT: String(takenPort) },
    says: [`Port ${takenPort} on 127.0.0.1 is in use by another program.`, 'PORT=0 takes any free port'],
  },
  {
    name: 'an address of another machine',
    environment: { PORT: '0', HOST: '192.0.2.1' },
    says: ['192.0.2.1 is no address of this machine.'],
  },
  {
    name: 'an unreachable database',
    environment: { PORT: '0', DATABASE_URL: 'postgres://pm:hunter22@127.0.0.1:1/portfolio' },
    says: ['The database at 127.0.0.1:1/portfolio does not let us in', 'ECONNREFUSED', 'Check DATABASE_URL'],
  },
  {
    name: 'a password with a percent sign that encodes nothing',
    environment: { PORT: '0', DATABASE_URL: 'postgres://pm:hunter22%zz@127.0.0.1:1/portfolio' },
    says: ['An environment variable is wrong:', 'DATABASE_URL: got 47 characters that are not shown', '%25'],
  },
  {
    name: 'a password with a slash, which would be shown as a database',
    environment: { PORT: '0', DATABASE_URL: 'postgres://pm:1/hunter22@127.0.0.1:1/portfolio' },
    says: ['DATABASE_URL: got', 'characters that are not shown', '%2F'],
  },
  {
    name: 'an unreachable database for the owner of the tables',
    environment: {
      PORT: '0',
      DATABASE_URL: 'postgres://app:hunter22@127.0.0.1:1/portfolio',
      DATABASE_OWNER_URL: 'postgres://owner:hunter22@127.0.0.1:1/portfolio',
    },
    says: ['The database at 127.0.0.1:1/portfolio does not let us in', 'Check DATABASE_OWNER_URL'],
  },
  {
    name: 'an unusable data folder',
    environment: { PORT: '0', DATA_DIR: join(folder, 'file') },
    says: ['The embedded PostgreSQL does not start', join(folder, 'file'), 'DATA_DIR chooses another folder'],
  },
  {
    name: 'a data folder where the system makes none',
    environment: { PORT: '0', DATA_DIR: '/proc/portfolio-manager' },
    says: ['The folder /proc/portfolio-manager cannot be made here (', 'DATA_DIR chooses another folder'],
  },
] as readonly BadInput[])('$name: a message that names it, exit code 1, no stack trace', async (input) => {
  const { environment, given = [], says } = input
  const main = runMain({ DATA_DIR: join(folder, 'data'), MARKET_DATA: 'replay', ...environment }, given)
  expect(await main.exited).toBe(1)
  for (const words of says) expect(main.stderr).toContain(words)
  expect(main.stderr).toMatch(/^Portfolio manager cannot start\. /)
  expect(main.stdout + main.stderr).not.toMatch(/^\s+at /m)
  expect(main.stdout + main.stderr).not.toContain('hunter22')
})

test('Ctrl-C while the database is being made stops the start at once, and says so', async () => {
  const dataDir = join(folder, 'stopped')
  const main = runMain({ DATA_DIR: dataDir, MARKET_DATA: 'replay', PORT: '0' })
  await eventually('initdb', async () => existsSync(join(dataDir, 'postgres', 'cluster.incomplete')))
  main.child.kill('SIGINT')
  expect(await main.exited).toBe(0)
  expect(main.stdout).toContain('Portfolio manager was stopped while it started. Stopped by SIGINT.')
  expect(main.stderr).toBe('')
  expect(existsSync(join(dataDir, 'postgres', 'cluster'))).toBe(false)
})

test('an unknown symbol is named and counted as failed, and the others are polled', async () => {
  await using database = await createTestDatabase()
  const app = await startOn(join(folder, 'unused'), { DATABASE_URL: database.url, SYMBOLS: 'AAPL,NOPE' })
  expect(app.main.stdout).toContain('WARN: SYMBOLS: NOPE is unknown to the replay, which has ^VIX, BZ=F')
  const [run] = await eventually('the first poll', async () => {
    const { items } = await app.read<{ items: readonly object[] }>('/api/v1/admin/scheduler/runs?state=succeeded')
    return items.length > 0 && items
  })
  expect(run).toMatchObject({ state: 'succeeded', items: { processed: 1, failed: 1, skipped: 0 } })
  app.main.child.kill('SIGTERM')
  expect(await app.main.exited).toBe(0)
  expect(app.main.stdout).toContain('symbol=NOPE  code=UNKNOWN_SYMBOL')
})
