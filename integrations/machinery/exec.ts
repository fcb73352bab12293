import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import type { ExecOptions, Output } from '../consumer.ts'

export interface Place {
  readonly cwd: string
  /** Come first in the PATH. */
  readonly path?: readonly string[]
}

/** Machines that are busy take minutes for what idle ones do in seconds. */
const DEFAULT_TIMEOUT_MS = 600_000

/** Where a program of ours was started by pnpm, what that told it is nothing for a consumer. */
const OURS = /^(npm_(package|lifecycle|command|execpath|node_execpath)|NODE_(OPTIONS|PATH|ENV)$|VITEST|INIT_CWD)/

/** Programs under way. They are groups of their own, so that they do not end with this process by themselves. */
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach(kill))

function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended just now.
  }
}

/**
 * Runs a program to its end, with a group of processes of its own.
 *
 * @throws Error with all that it printed when it exits with another code than 0 (but for `mayFail`), or takes too long.
 */
export async function exec(
  { cwd, path = [] }: Place,
  [program, ...args]: readonly [string, ...string[]],
  { env = {}, timeoutMs = DEFAULT_TIMEOUT_MS, mayFail = false }: ExecOptions = {},
): Promise<Output> {
  const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name))
  const PATH = [...path, process.env['PATH'] ?? ''].join(':')
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), PATH, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    kill(child)
  }, timeoutMs)
  try {
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
    const command = [program, ...args.map((arg) => (arg.length > 200 ? '…' : arg))].join(' ')
    if (isLate) throw new Error(`${command} took longer than ${timeoutMs} ms.\n${stdout}${stderr}`)
    if (code !== 0 && !mayFail) throw new Error(`${command} exited with ${code}.\n${stdout}${stderr}`)
    return { code, stdout, stderr }
  } finally {
    clearTimeout(timer)
    running.delete(child)
  }
}
