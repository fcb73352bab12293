import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing, one by one: with `recursive`, Node's `mkdirSync` never returns where
 * the system knows the folder above and still refuses with ENOENT, as in /proc.
 *
 * @throws Error naming the first folder that cannot be made.
 */
export function makeFolder(path: string): void {
  const above = dirname(path)
  if (existsSync(path)) return
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path)
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (existsSync(path)) return
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Error(`The folder ${path} cannot be made here (${code}).`, { cause: error })
  }
}
