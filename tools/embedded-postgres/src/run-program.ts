import { type SpawnOptions, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface RunProgramOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** Aborting it ends the program and all that it started; the call then rejects with the reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a program to its end, out of the terminal's process group: Ctrl-C is for the host, which then aborts.
 *
 * @throws Error with its last words when it fails, or the reason of the signal.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, ...options }: RunProgramOptions,
): Promise<void> {
  signal?.throwIfAborted()
  const child = spawn(program, args, {
    ...options,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const end = () => endGroup(child.pid)
  signal?.addEventListener('abort', end, { once: true })
  try {
    const [code, words] = await Promise.all([ended, text(child.stderr)])
    signal?.throwIfAborted()
    if (code !== 0) throw new Error(`${program} failed (${code}):\n${words.trim()}`)
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

/** The group of a detached child has the child's number. It may have ended just now. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM')
  } catch {}
}
