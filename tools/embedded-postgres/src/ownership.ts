import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { isAlive, startOf } from './process-facts.ts'

/** A claim on a data folder, held by the process that starts a server on it. */
export interface Ownership {
  release(): void
}

interface Owner {
  readonly pid: number
  /** Tells the process from a later one with the same number; `null` where the system does not say. */
  readonly start: string | null
}

/**
 * Claims a data folder for this process. A claim whose process has died is taken over.
 *
 * @throws Error naming the process, when a living one has the folder.
 */
export function takeOwnership(dataDir: string): Ownership {
  const file = join(dataDir, 'owner.json')
  const mine: Owner = { pid: process.pid, start: startOf(process.pid) }
  while (!writeNew(file, JSON.stringify(mine))) {
    const owner = readOwner(file)
    if (owner && isAlive(owner.pid) && startOf(owner.pid) === owner.start) {
      throw new Error(`The database in ${dataDir} is in use by process ${owner.pid}.`)
    }
    rmSync(file, { force: true })
  }
  return { release: () => rmSync(file, { force: true }) }
}

function writeNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Unreadable means that its writer died while writing. */
function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return null
  }
}
