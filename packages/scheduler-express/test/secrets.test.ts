import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'

import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { createScheduler, every, type Logger, type Scheduler } from '@pm/scheduler-core'
import { routesOf } from '@pm/scheduler-core/http'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import express from 'express'
import { DataSource } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '../src/index.ts'

/** A unique text with characters that URL encoding and base64 change. */
const SECRET = 'canary+7f3a/9c?&secret=x'
const encoded = Buffer.from(SECRET)

/** User names of three lengths, since base64 writes the same bytes differently at each of three alignments. */
const USERS = ['ab', 'app', 'a']
const basic = USERS.map((user) => Buffer.from(`${user}:${SECRET}`).toString('base64'))

/** Texts that would show a leak: the whole secret in each encoding, and parts that incomplete redaction leaves. */
const TRACES = [
  ...[SECRET, 'canary', 'hunter2', encodeURIComponent(SECRET), encoded.toString('base64').slice(0, 16)],
  ...basic.map((text) => text.slice(8, 24)),
]

const LEAKS: readonly (readonly [string, () => unknown])[] = [
  ['raw', () => new Error(`refused: ${SECRET}`)],
  ['encoded', () => new Error(`GET https://quotes.example.com/v1/${encodeURIComponent(SECRET)}/AAPL`)],
  ['base64', () => new Error(`sent ${encoded.toString('base64')} and ${encoded.toString('base64url')}`)],
  ['basic', () => new Error(`authorization: Basic ${Buffer.from(`app:${SECRET}`).toString('base64')}`)],
  ['aligned', () => new Error(`sent ${basic.join(' and ')}`)],
  ['query', () => new Error('GET https://quotes.example.com/query?symbol=AAPL&apikey=hunter2 answered 500')],
  ['credentials', () => new Error('connect postgres://app:hunter2@db.internal:5432/x')],
  ['cut', () => new Error(`${'x'.repeat(990)}${SECRET}`)],
  ['named', () => Object.assign(new Error('x'), { name: SECRET, code: 'canary7f3a' })],
  ['caused', () => new Error('refused', { cause: new Error(SECRET) })],
  ['text', () => SECRET],
  ['escaped', () => new Error(JSON.stringify(JSON.stringify({ at: SECRET.replaceAll('/', '\\/') })))],
  ['twice', () => new Error(`GET /v1/${encodeURIComponent(encodeURIComponent(SECRET)).toLowerCase()}`)],
  ['hex', () => new Error(`sent ${encoded.toString('hex')} and ${encoded.toString('hex').toUpperCase()}`)],
  ['html', () => new Error(`<p>${SECRET.replace(/[^a-z0-9]/g, (one) => `&#${one.charCodeAt(0)};`)}</p>`)],
  ['split', () => new Error(`sent ${SECRET.slice(0, 7)}\u200b${SECRET.slice(7, 12)}\n  ${SECRET.slice(12)}`)],
  ['slashes', () => new Error('connect postgres://app:p@ss/hunter2@db.internal:5432/x')],
  ['flag', () => new Error('Command failed: export --password hunter2 --port 5432')],
  ['row', () => new Error('duplicate key', { cause: new Error('Key (email)=(hunter2@x.test) already exists.') })],
]

it('a secret in thrown errors reaches no table, no log line, no response and no event', async () => {
  const { scheduler, dataSource, lines } = await openScheduler()
  for (const job of scheduler.jobNames)
    await scheduler.runJob(job, { why: `canaries ${SECRET}, pwd=hunter2`, by: `ada ${SECRET}` })
  await scheduler.whenIdle()
  const entries = await scheduler.listRuns()
  expect(entries.items.map((entry) => entry.state)).toEqual(LEAKS.map(() => 'failed'))

  const seen = { ...(await tablesAsText(dataSource)), ...(await answersAsText(scheduler)), log: lines.join('\n') }
  expect(Object.keys(seen).length).toBeGreaterThan(30)
  expect(seen.log).toContain('The feeds could not be read')
  expect(seen.log).toContain('handlers may tell [redacted]')
  const leaks = Object.entries(seen).flatMap(([where, text]) =>
    TRACES.filter((trace) => text.includes(trace)).map((trace) => `${where}: ${trace}`),
  )
  expect(leaks).toEqual([])
})

/** A scheduler on PostgreSQL whose jobs and feeds all throw errors with the secret, and its log. */
async function openScheduler() {
  const { url, drop } = await createTestDatabase()
  onTestFinished(drop)
  const dataSource = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize()
  onTestFinished(() => dataSource.destroy())
  await migrateScheduler(dataSource)
  const lines: string[] = []
  const write = (fields: object, message: string) => void lines.push(`${message} ${inspect(fields, { depth: 9 })}`)
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    jobs: LEAKS.map(([name, thrown]) => ({
      name,
      schedule: every({ hours: 24 }),
      handler({ logger, recordCall }) {
        recordCall({ provider: `quotes?apikey=hunter2&${SECRET}`, outcome: 'succeeded', answered: true, durationMs: 1 })
        logger.warn({ err: thrown(), request: { key: [SECRET] } }, `handlers may tell ${SECRET}`)
        throw thrown()
      },
    })),
    secrets: [SECRET, 'canary7f3a'],
    logger,
    deployment: `build of ${SECRET}`,
    providers: { describe: () => [{ name: `quotes?apikey=hunter2&${SECRET}`, enabled: true, apiKeyConfigured: true }] },
    feeds: {
      read: () => Promise.reject(new Error(`GET https://quotes.example.com/?apikey=${SECRET}`)),
      judge: () => ({ status: 'unknown', expectedBy: null }),
    },
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  return { scheduler, dataSource, lines }
}

async function tablesAsText(dataSource: DataSource): Promise<Record<string, string>> {
  const tables: { name: string }[] = await dataSource.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  expect(tables.length).toBeGreaterThan(3)
  const texts: Record<string, string> = {}
  for (const { name } of tables) {
    const rows: { text: string }[] = await dataSource.query(`SELECT row_to_json(t)::text AS text FROM ${name} t`)
    texts[name] = rows.map(({ text }) => text).join('\n')
  }
  return texts
}

/** The responses to every GET route of every router, with valid paths and queries; of event streams the first frame. */
async function answersAsText(scheduler: Scheduler): Promise<Record<string, string>> {
  const base = await serve(scheduler)
  const [failed] = (await scheduler.listRuns({ limit: 1 })).items
  const now = Date.now()
  const minute = Math.floor(now / 60_000) * 60_000
  const queries: Readonly<Record<string, string>> = {
    explain: `?at=${new Date(now).toISOString()}`,
    'preview-backfill': `?from=${iso(minute - 60_000)}&to=${iso(minute)}`,
    history: `?metric=failed_runs&step_ms=60000&from=${iso(minute - 60_000)}&to=${iso(minute + 60_000)}`,
  }
  const texts: Record<string, string> = {}
  for (const version of ['v1', 'v2'] as const) {
    for (const view of ['admin', 'market-data', 'health'] as const) {
      const routes = routesOf({ view, control: true, version }).filter(({ method }) => method === 'GET')
      for (const { id, path } of routes) {
        const filled = path.replace(':job', 'raw').replace(':id', failed?.id ?? '') + (queries[id] ?? '')
        const { status, text } = await read(`${base}/${version}/${view}${filled}`)
        // This probe must report that the feeds throw.
        expect([filled, status]).toEqual([filled, path === '/health/data' ? 503 : 200])
        texts[`${version} ${view} ${filled}`] = text
      }
    }
  }
  return texts
}

async function serve(scheduler: Scheduler): Promise<string> {
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express()
  for (const version of ['v1', 'v2'] as const) {
    app
      .use(`/${version}/admin`, adminSchedulerRouter(scheduler, { authorize, control: true, version }))
      .use(`/${version}/market-data`, marketDataSchedulerRouter(scheduler, { authorize, version }))
      .use(`/${version}/health`, healthRouter(scheduler, { authorize }))
  }
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Head and body; of a stream, its first chunk. */
async function read(url: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url)
  const { status } = response
  const head = JSON.stringify([...response.headers])
  if (response.headers.get('content-type') !== 'text/event-stream')
    return { status, text: head + (await response.text()) }
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8')
    if (text.includes('data: ')) break
  }
  expect(text).toContain('data: ')
  return { status, text: head + text }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
