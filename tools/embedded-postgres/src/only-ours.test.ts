import { spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { isRoot, NOBODY } from './account.ts'
import { giveTo } from './give-to.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** On Linux root has user numbers to choose from, unless it is one in a container that has none (see `account.ts`). */
const numbersToChoose = isRoot() && process.platform === 'linux'
const folder = mkdtempSync(join(tmpdir(), 'only-ours-'))
const dataDir = join(folder, 'data')
const cluster = join(dataDir, 'cluster')
let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir, durable: false })
})

afterAll(async () => {
  await server.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
})

test('only we can enter the folder and read the password, and every connection is asked for it', () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  expect([mode(dataDir), mode(join(dataDir, 'password')), mode(cluster)]).toEqual(['700', '600', '700'])
  const rules = readFileSync(join(cluster, 'pg_hba.conf'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  expect(rules.length).toBeGreaterThan(0)
  for (const rule of rules) expect(rule).toMatch(/\sscram-sha-256$/)
})

test.runIf(numbersToChoose)('the server runs as a user number that no account has, and so do its files', () => {
  const { uid, gid } = statSync(cluster)
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  expect(accounts.filter((line) => line.split(':')[2] === String(uid))).toEqual([])
  expect([statSync(`/proc/${server.pid}`).uid, gid, statSync(join(cluster, 'pg_hba.conf')).uid]).toEqual([
    uid,
    uid,
    uid,
  ])
})

test.runIf(numbersToChoose)('another process, of nobody as of anybody, cannot change its files or end it', () => {
  const tried = (program: string, path: string) =>
    spawnSync('/bin/sh', ['-c', program, path], { ...NOBODY, cwd: '/', encoding: 'utf8' }).status
  const paths = [cluster, `/proc/${server.pid}/cwd`]
  for (const path of paths) expect([path, tried('echo >> "$0/pg_hba.conf"', path)]).not.toEqual([path, 0])
  expect(tried('kill -0 "$0"', String(server.pid))).not.toBe(0)
  expect(readFileSync(join(cluster, 'pg_hba.conf'), 'utf8')).not.toMatch(/\n\n$/)
})

test.runIf(numbersToChoose)(
  'a cluster of nobody, as earlier builds made it, gets a number of its own at the next start',
  async () => {
    await server.stop()
    const before = statSync(cluster).uid
    giveTo(NOBODY, cluster)
    server = await startEmbeddedPostgres({ dataDir, durable: false })
    const { uid } = statSync(cluster)
    expect([uid === before, uid === NOBODY.uid]).toEqual([false, false])
    expect(statSync(join(cluster, 'base', '1', 'PG_VERSION')).uid).toBe(uid)
    await server.stop()
    server = await startEmbeddedPostgres({ dataDir, durable: false })
    expect(statSync(cluster).uid).toBe(uid)
  },
)

test.runIf(isRoot())('giving a folder away follows no link, and refuses a file that is also elsewhere', () => {
  const outside = join(folder, 'outside')
  const given = join(folder, 'given')
  mkdirSync(join(given, 'deep'), { recursive: true })
  mkdirSync(outside)
  for (const path of [join(outside, 'kept'), join(given, 'deep', 'file')]) writeFileSync(path, '')
  symlinkSync(outside, join(given, 'link'))
  giveTo(NOBODY, given)
  expect(statSync(join(given, 'deep', 'file')).uid).toBe(NOBODY.uid)
  expect([statSync(outside).uid, statSync(join(outside, 'kept')).uid]).toEqual([0, 0])
  linkSync(join(outside, 'kept'), join(given, 'deep', 'second'))
  expect(() => giveTo(NOBODY, given)).toThrow('second is also elsewhere.')
  expect(existsSync(join(outside, 'kept'))).toBe(true)
})
