import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

/** The process and all its descendants. */
export function familyOf(pid: number): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    rows.flatMap(([child, of]) => (child !== undefined && of === parent ? [child, ...below(child)] : []))
  return [pid, ...below(pid)]
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Repeats `ask` until it returns neither `null` nor `false`, or the time is over. For effects of other processes. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | false> | T | null | false): Promise<T> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await delay(50)) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
  }
  throw new Error(`Waited ${PATIENCE_MS} ms in vain: ${what}.`)
}

const PATIENCE_MS = 25_000
