import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import type { Target } from './ask.ts'
import { ask } from './ask.ts'
import { drivePages } from './drive-pages.ts'
import { ADMIN, driveRoutes, eventually } from './drive-routes.ts'
import { driveStreams } from './drive-streams.ts'
import { openStream } from './stream.ts'

/** A server in a process of its own: it prints its address, and ends in good order at SIGTERM. */
export interface Server {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Drive {
  /** How long a stream has to live on heartbeats alone (default 0: one heartbeat). */
  readonly idleMs?: number
  /** Where the pages are (default: there are none). */
  readonly pages?: string
  /**
   * A job that takes a second or more and prints `NAME ended` (default none): its run has to come to its end although the
   * process was told to end meanwhile.
   */
  readonly slowJob?: string
}

const TOKEN = 'secret'
const STARTS_IN_MS = 60_000
const ENDS_IN_MS = 15_000

/** Starts a server, drives it from outside, and ends it. Rejects with what it printed for the first thing that differs. */
export async function driveProcess(server: Server, drive: Drive = {}): Promise<void> {
  const { program, args, cwd, env } = server
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PORT: '0', TOKEN, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = readOutput(child)
  try {
    const url = await printed.address()
    await drivenFromOutside({ url, token: TOKEN }, drive)
    await driveEnd({ target: { url, token: TOKEN }, child, printed, slowJob: drive.slowJob })
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Error(`${what}\n${program} ${args.join(' ')}\n${printed.text()}`, { cause: error })
  } finally {
    child.kill('SIGKILL')
  }
}

async function drivenFromOutside(target: Target, { idleMs = 0, pages }: Drive): Promise<void> {
  await driveRoutes(target)
  if (pages !== undefined) await drivePages(target, pages)
  await driveStreams(target, { idleMs })
}

interface Ending {
  readonly target: Target
  readonly child: ChildProcess
  readonly printed: Printed
  readonly slowJob: string | undefined
}

/** Streams end in good order, runs come to their end, and the process ends by itself. */
async function driveEnd({ target, child, printed, slowJob }: Ending): Promise<void> {
  const stream = await openStream(target, `${ADMIN}/events`)
  await stream.until(/\ndata: /, 5_000)
  if (slowJob !== undefined) {
    const run = await ask(target, `${ADMIN}/jobs/${slowJob}/run`, { method: 'POST' })
    assert.ok(run.status < 300, `the run of ${slowJob} was answered ${run.status}`)
    await eventually(`${slowJob} began`, async () => printed.text().includes(`${slowJob} began`))
  }
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  const late = setTimeout(() => child.kill('SIGKILL'), ENDS_IN_MS)
  child.kill('SIGTERM')
  assert.equal(await stream.end, 'ended', 'the stream ends in good order')
  const [code, signal] = await exited
  clearTimeout(late)
  assert.deepEqual([code, signal], [0, null], 'the process ends by itself')
  if (slowJob !== undefined) assert.ok(printed.text().includes(`${slowJob} ended`), `${slowJob} comes to its end`)
}

interface Printed {
  text(): string
  /** The first address of the loopback interface in it. */
  address(): Promise<string>
}

function readOutput(child: ChildProcess): Printed {
  let text = ''
  const read = (chunk: Buffer) => {
    text += chunk
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return {
    text: () => text,
    async address() {
      const until = Date.now() + STARTS_IN_MS
      for (;;) {
        const [address] = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(text) ?? []
        if (address !== undefined) return address.replace('localhost', '127.0.0.1')
        if (child.exitCode !== null || Date.now() > until) throw new Error('It says no address.')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
}
