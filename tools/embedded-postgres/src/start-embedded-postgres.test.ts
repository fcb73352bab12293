import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { endOrphan } from './orphan.ts'
import { isAlive } from './process-facts.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

let folder = ''
let server: EmbeddedPostgres | undefined
let owner: ChildProcess | undefined

beforeEach(() => {
  // mkdtemp makes a folder that nobody else can enter, as a checkout in root's home is.
  folder = mkdtempSync(join(tmpdir(), 'embedded-postgres-test-'))
})

afterEach(async () => {
  owner?.kill('SIGKILL')
  await server?.stop('immediate')
  await endOrphan(join(folder, 'data', 'cluster'))
  rmSync(folder, { recursive: true, force: true })
})

test('keeps its data over a restart, in a folder that other users cannot enter', async () => {
  server = await start()
  await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await server.stop()
  expect(isAlive(server.pid)).toBe(false)

  server = await start()
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test('asks for the password, which nobody else can read', async () => {
  server = await start()
  const url = new URL(server.url)
  expect(statSync(join(folder, 'data', 'password')).mode & 0o777).toBe(0o600)
  expect(url.password).toBe(readFileSync(join(folder, 'data', 'password'), 'utf8').trim())
  url.password = 'guessed'
  await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
})

test('recovers what was committed before a crash', async () => {
  server = await start()
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await server.stop('immediate')

  server = await start()
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
})

test('ends with a killed parent, and the next start has the data', async () => {
  const first = await startInOwnProcess()
  await query(first.url, 'CREATE TABLE kept AS SELECT 9 AS answer')
  owner?.kill('SIGKILL')
  if (owner) await once(owner, 'exit')

  server = await start()
  expect(isAlive(first.pid)).toBe(false)
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 9 }])
})

test('leaves a server alone whose process lives', async () => {
  const first = await startInOwnProcess()
  await expect(start()).rejects.toThrow(`in use by process ${owner?.pid}`)
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('is not put off by a lock file whose number another program has since', async () => {
  server = await start()
  await server.stop()
  writeFileSync(join(folder, 'data', 'cluster', 'postmaster.pid'), `${process.pid}\n/elsewhere\n0\n5432\n\n\n`)
  server = await start()
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('says when its port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(startEmbeddedPostgres({ dataDir: join(folder, 'data'), durable: false, port })).rejects.toThrow(
    `Port ${port} is in use.`,
  )
  other.close()
})

function start(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: join(folder, 'data'), durable: false })
}

async function startInOwnProcess(): Promise<{ pid: number; url: string }> {
  const program = fileURLToPath(new URL('./test-owner.ts', import.meta.url))
  owner = spawn(process.execPath, [program, join(folder, 'data')], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!owner.stdout) throw new Error('The process has no output.')
  const [line] = await once(createInterface({ input: owner.stdout }), 'line')
  return JSON.parse(String(line)) as { pid: number; url: string }
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
