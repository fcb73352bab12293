import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Whom the server runs as, when that is not oneself. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `nobody`: it exists everywhere, so no user has to be made. */
export const NOBODY: Account = { uid: 65_534, gid: 65_534 }

/** Whether we are root, as whom PostgreSQL refuses to run: then the server is lent another number. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * A user number that no account has and no other process: what runs as it can be stopped, read and changed by root alone.
 * Linux asks for no account behind a number, so none is made. `null` where there is no number to choose from: on other
 * systems, and in a container whose users are mapped to a handful.
 */
export function unusedAccount(): Account | null {
  if (process.platform !== 'linux') return null
  const range = chooseRange(readOrEmpty('/proc/self/uid_map'), readOrEmpty('/proc/self/gid_map'))
  if (range === null) return null
  const uid = randomInt(range.from, range.to)
  return { uid, gid: uid }
}

/** Numbers from `from` up to but without `to`. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}

/**
 * The numbers to choose from, for what /proc says of this process's users and groups: above those that distributions give
 * to accounts (up to 60,000) and to containers (from 100,000, in steps of 65,536), and below 2^31, from which some tools
 * count backwards. In a container with 65,536 users: those between people and `nobody`.
 */
export function chooseRange(uidMap: string, gidMap: string): NumberRange | null {
  const end = Math.min(endOfFirst(uidMap), endOfFirst(gidMap))
  if (end >= 2 ** 31) return { from: 2 ** 30, to: 2 ** 31 - 1 }
  return end >= 65_000 ? { from: 61_200, to: 64_000 } : null
}

/** The first number that is not mapped, counted from 0. Lines are `inside outside count`. */
function endOfFirst(map: string): number {
  const lines = map.trim().split('\n')
  const ranges = lines.map((line) => line.trim().split(/\s+/).map(Number)).sort(([a = 0], [b = 0]) => a - b)
  return ranges.reduce((end, [inside = -1, , count = 0]) => (inside === end ? inside + count : end), 0)
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** What `spawn` needs to run a program as this account, and with little of our own environment. */
export function spawnOptions(account: Account | null) {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  // The messages that we wait for are the English ones.
  return { ...account, env: { ...env, LC_ALL: 'C', TZ: 'UTC' } }
}
