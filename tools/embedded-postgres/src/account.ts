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
 * The numbers to choose from, for what /proc says of this process's users and groups. They are those that nothing else
 * gives away: systemd, its containers and its services stay below 1,879,048,192 or between 0x7ffe0000 and 0x7fffffff
 * (https://systemd.io/UIDS-GIDS), and directories such as Active Directory begin at 200,000 and end at 2,000,200,000 by
 * default (sssd-ad). In a container with 65,536 users: those that systemd's list has as unused.
 */
export function chooseRange(uidMap: string, gidMap: string): NumberRange | null {
  const end = Math.min(endOfFirst(uidMap), endOfFirst(gidMap))
  if (end >= UNUSED.to) return UNUSED
  return end >= UNUSED_IN_CONTAINERS.to ? UNUSED_IN_CONTAINERS : null
}

const UNUSED: NumberRange = { from: 2_000_300_000, to: 0x7ffe_0000 }
const UNUSED_IN_CONTAINERS: NumberRange = { from: 60_578, to: 61_184 }

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
