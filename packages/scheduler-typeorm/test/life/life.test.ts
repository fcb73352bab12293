import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { createTcpProxy } from '@pm/scheduler-testing'
import { byDeadline } from '@pm/testlab'
import { expect, it, onTestFinished } from 'vitest'

import { migrateScheduler } from '../../src/index.ts'
import { createTestBed } from '../test-bed.ts'
import type { ChildOptions } from './child.ts'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const FAR_MS = 365 * 24 * 3_600_000
/** A process that nothing holds is gone within milliseconds. */
const A_WHILE_MS = 1_500

it('keeps its process alive with nothing due for long, and lets it end once it is closed', async () => {
  const process = start({ url: null, periodMs: FAR_MS })
  await process.hears('opened')
  await sleep(A_WHILE_MS)
  expect(process.hasEnded).toBe(false)
  process.terminate()
  expect(await process.end).toEqual([0, null])
}, 60_000)

it('lets its process end when the host says so', async () => {
  const process = start({ url: null, periodMs: FAR_MS, keepAlive: false })
  await process.hears('opened')
  expect(await process.end).toEqual([0, null])
}, 60_000)

it('keeps its process alive while the database is away, works when it is back, and ends when closed', async () => {
  const bed = await createTestBed()
  await migrateScheduler(await bed.open({ poolSize: 1 }))
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: Number(new URL(bed.url).port) } })
  onTestFinished(() => proxy.close())
  const url = new URL(bed.url)
  url.port = String(proxy.port)
  const process = start({ url: url.href, periodMs: 250 })
  await process.hears('settled')

  proxy.set({ kind: 'reset' })
  await process.hears('error')
  await sleep(2 * A_WHILE_MS)
  expect(process.hasEnded).toBe(false)

  proxy.set({ kind: 'pass' })
  await process.hears('running')
  await process.hears('settled')
  process.terminate()
  expect(await process.end).toEqual([0, null])
}, 60_000)

interface LoneProcess {
  /** Resolves when it says this, from now on. */
  hears(what: string): Promise<void>
  readonly hasEnded: boolean
  /** Its exit code, and the signal that ended it. */
  readonly end: Promise<unknown[]>
  terminate(): void
}

function start(options: ChildOptions): LoneProcess {
  const child = fork(CHILD, [JSON.stringify(options)], {
    execArgv: ['--conditions=@pm/source', '--no-warnings'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const end = once(child, 'exit')
  return {
    hears: (what) => byDeadline(heard(child, what), { withinMs: 20_000, what: `The word "${what}"` }),
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null
    },
    end: byDeadline(end, { withinMs: 20_000, what: 'The end of the process' }),
    terminate: () => void child.kill('SIGTERM'),
  }
}

function heard(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (said) => {
      if (said === what) resolve()
    })
  })
}
