import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as startTimer } from 'node:timers'
import { setTimeout } from 'node:timers/promises'

/** How long a started project may take to say where it listens, on a machine that has other things to do. */
const START_MS = 180_000

const LOOK_AGAIN_MS = 200

const TOKEN = 'a token of this check'

export interface ProjectRun {
  readonly folder: string
  /** The program of Node (default this one). */
  readonly node?: string
  /** Beside the token and the port. */
  readonly env: NodeJS.ProcessEnv
}

/** Starts a built project as its script `start` does, asks what a stranger and an operator get, and ends it by SIGTERM. */
export async function problemsOfRun({ folder, node = process.execPath, env }: ProjectRun): Promise<string[]> {
  const silent = await problemsWithoutToken({ folder, node, env })
  const child = spawn(node, ['dist/main.js'], {
    cwd: folder,
    env: { ...env, ADMIN_TOKEN: TOKEN, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const answers = await answersAt(await addressSaidBy(child))
    child.kill('SIGTERM')
    const [code] = await within(ended)
    return [...silent, ...answers, ...(code === 0 ? [] : [`SIGTERM ended it with ${code}`])]
  } finally {
    child.kill('SIGKILL')
  }
}

/**
 * Where a started project listens. Goes on reading what the process says, because a process whose reader is gone could not
 * write on.
 */
export function addressSaidBy({ stdout }: { readonly stdout: Readable }): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = startTimer(() => fail(), START_MS)
    const fail = () => {
      clearTimeout(late)
      reject(new Error(`It says no address: ${said}`))
    }
    stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /Status: (http:\/\/[\d.]+:\d+)/.exec(said)?.[1]
      if (address === undefined) return
      clearTimeout(late)
      resolve(address)
    })
    stdout.once('end', fail)
  })
}

async function problemsWithoutToken({ folder, node, env }: Required<ProjectRun>): Promise<string[]> {
  const child = spawn(node, ['dist/main.js'], {
    cwd: folder,
    env: { ...env, ADMIN_TOKEN: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = child.stderr.setEncoding('utf8').toArray()
  try {
    const [code] = await within(once(child, 'exit'))
    return problemOfSilence(code, (await said).join(''))
  } finally {
    child.kill('SIGKILL')
  }
}

function problemOfSilence(code: unknown, text: string): string[] {
  return code === 1 && /^ADMIN_TOKEN .*\.\n$/.test(text) ? [] : [`without a token it ends with ${code}: ${text}`]
}

async function answersAt(address: string): Promise<string[]> {
  const status = `${address}/api/v1/admin/scheduler/status`
  const bearer = { authorization: `Bearer ${TOKEN}` }
  const basic = { authorization: `Basic ${btoa(`ada:${TOKEN}`)}` }
  const asked: [string, string, Record<string, string>, number][] = [
    ['the status with the token', status, bearer, 200],
    ['the status without it', status, {}, 401],
    ['the pages with it', `${address}/admin`, bearer, 200],
    ['the pages with a login', `${address}/admin/system`, basic, 200],
    ['the pages without either', `${address}/admin`, {}, 401],
  ]
  const problems = (await isReady(address)) ? [] : ['the probe says that it is not ready']
  for (const [what, url, headers, wanted] of asked) {
    const response = await fetch(url, { headers })
    await response.arrayBuffer()
    if (response.status !== wanted) problems.push(`${what} is answered ${response.status}`)
  }
  const pause = { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: '{"why":"a look"}' }
  const paused = await fetch(`${address}/api/v1/admin/scheduler/pause`, pause)
  if (!paused.ok) problems.push(`a command with a body is answered ${paused.status}: ${await paused.text()}`)
  return problems
}

/** A project that does not end is ended by whoever waits. */
async function within<T>(ended: Promise<T>): Promise<T> {
  const limit = new AbortController()
  const late = setTimeout(START_MS, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`It does not end within ${START_MS} ms.`)
  })
  try {
    return await Promise.race([ended, late])
  } finally {
    limit.abort()
    late.catch(() => {})
  }
}

/** Its database may be slow on a machine that has other things to do. */
async function isReady(address: string): Promise<boolean> {
  for (const until = performance.now() + START_MS; performance.now() < until; ) {
    const response = await fetch(`${address}/health/ready`)
    await response.arrayBuffer()
    if (response.ok) return true
    await setTimeout(LOOK_AGAIN_MS)
  }
  return false
}
