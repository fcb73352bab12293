import { spawn } from 'node:child_process'

import { type Account, spawnOptions } from './account.ts'

export interface Watchdog {
  /** Ends the watching; the server is left alone. */
  dismiss(): void
}

/**
 * Ends the server when this process ends without having stopped it, even when it is killed: a shell that holds
 * the other end of a pipe of ours reads its end and sends the signal of a fast shutdown. On Windows, which has
 * no such shell, the next start on the same folder finds the server and ends it.
 */
export function watchOver(serverPid: number, account: Account | null): Watchdog {
  if (process.platform === 'win32') return { dismiss() {} }
  const script = 'read -r word; if [ "$word" != dismissed ]; then kill -INT "$0"; fi'
  const shell = spawn('/bin/sh', ['-c', script, String(serverPid)], {
    ...spawnOptions(account),
    cwd: '/',
    // Out of the terminal's process group: Ctrl-C is for the host, which decides when its database stops.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  return { dismiss: () => shell.stdin.end('dismissed\n') }
}
