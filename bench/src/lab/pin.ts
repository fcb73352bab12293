import { execFileSync } from 'node:child_process'

/** Keeps a process with all of its threads on one core, where the machine can (Linux, with util-linux). */
export function pin(pid: number | undefined, core: number): void {
  if (pid === undefined) return
  try {
    execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' })
  } catch {
    console.warn(`Process ${pid} runs on any core: there is no taskset.`)
  }
}
