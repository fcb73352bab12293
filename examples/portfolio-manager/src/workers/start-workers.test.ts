import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { silentLogger } from '@pm/scheduler-core'
import { afterAll, expect, test } from 'vitest'

import { UserError } from '../user-error.ts'
import { startWorkers } from './start-workers.ts'

/* The workers here are processes that say what is done to them, and have nothing else to do. */

const folder = mkdtempSync(join(tmpdir(), 'workers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ORDERS = {
  databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
  marketData: 'replay',
  replayUrl: null,
  made: [],
  intervalSeconds: 15,
  config: { symbols: null, alphaVantageApiKey: null, logFormat: 'pretty', secrets: [] },
} as const

/** Tells a file what it is told, each on a line: `worker-1 begin 4711`. `onBegin` is what it does then. */
function book(name: string, onBegin: string) {
  const said = join(folder, `${name}.txt`)
  const file = join(folder, `${name}.mjs`)
  writeFileSync(said, '')
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs'
     let name = ''
     process.on('disconnect', () => process.exit(1))
     process.on('message', (told) => {
       name ||= told.orders.name
       appendFileSync(${JSON.stringify(said)}, name + ' ' + told.kind + ' ' + process.pid + '\\n')
       if (told.kind === 'stop') process.exit(0)
       else { ${onBegin} }
     })`,
  )
  const lines = () => readFileSync(said, 'utf8').split('\n').filter(Boolean)
  return { file, lines, pids: () => lines().map((line) => Number(line.split(' ')[2])) }
}

test('they begin with their names, and a stop lets each of them drain and go', async () => {
  const { file, lines } = book('ready', `process.send({ kind: 'ready' })`)
  const workers = await startWorkers({ count: 3, orders: ORDERS, logger: silentLogger, file })
  const begun = lines().map((line) => line.split(' ').slice(0, 2).join(' '))
  expect(begun.toSorted()).toEqual(['worker-1 begin', 'worker-2 begin', 'worker-3 begin'])
  await workers.stop()
  expect(lines().filter((line) => line.includes('stop'))).toHaveLength(3)
})

test('one that is killed is started again under its name, and stops with the others', async () => {
  const { file, lines, pids } = book('killed', `process.send({ kind: 'ready' })`)
  const workers = await startWorkers({ count: 1, orders: ORDERS, logger: silentLogger, file, againAfterMs: 1 })
  process.kill(pids()[0] ?? 0, 'SIGKILL')
  await expect.poll(() => lines().length).toBe(2)
  expect(new Set(pids()).size).toBe(2)
  await workers.stop()
  expect(lines().at(-1)).toContain('worker-1 stop')
})

test('one that fails at the start stops all of them, with its reason', async () => {
  const { file, pids } = book(
    'failing',
    `process.send(name === 'worker-2' ? { kind: 'failed', why: 'the database is away' } : { kind: 'ready' })`,
  )
  const refused = startWorkers({ count: 2, orders: ORDERS, logger: silentLogger, file })
  await expect(refused).rejects.toBeInstanceOf(UserError)
  await expect(refused).rejects.toThrow('worker-2 does not start: the database is away')
  expect(pids().filter(isAlive)).toEqual([])
})

test('one that dies without a word at the start is told as well', async () => {
  const { file } = book('dying', 'process.exit(3)')
  const refused = startWorkers({ count: 1, orders: ORDERS, logger: silentLogger, file })
  await expect(refused).rejects.toThrow('worker-1 does not start: it ended with 3')
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
