import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { CreateError } from './create-error.ts'
import type { ProjectFiles } from './project-files.ts'

/** What a folder may have and still count as empty: a repository that was just begun. */
const NO_CONTENT = ['.git']

/** Why a project cannot be made in a folder; `null` when it can. */
export function problemOfFolder(folder: string): CreateError | null {
  const path = resolve(folder)
  if (!existsSync(path)) return null
  if (!statSync(path).isDirectory()) return new CreateError('NOT_EMPTY', `${folder} is a file.`)
  const content = readdirSync(path).filter((name) => !NO_CONTENT.includes(name))
  if (content.length === 0) return null
  const some = content.slice(0, 3).join(', ')
  return new CreateError('NOT_EMPTY', `${folder} is not empty: it has ${some}. Choose another folder.`)
}

/**
 * Writes all files, or none: a file that is there is never replaced, and when one cannot be written, those before it are
 * taken back. Ctrl-C has to wait until it is done. Throws `NOT_EMPTY` or `UNWRITABLE`.
 */
export function writeProject(folder: string, files: ProjectFiles): void {
  const problem = problemOfFolder(folder)
  if (problem) throw problem
  const undo: (() => void)[] = []
  for (const signal of SIGNALS) process.on(signal, wait)
  try {
    makeFolder(resolve(folder), undo)
    for (const [path, text] of files) {
      const target = join(resolve(folder), path)
      makeFolder(dirname(target), undo)
      const file = openSync(target, 'wx', path === '.env' ? 0o600 : 0o666)
      undo.push(() => rmSync(target))
      try {
        writeFileSync(file, text)
      } finally {
        closeSync(file)
      }
    }
  } catch (error) {
    for (const step of undo.reverse()) step()
    const reason = error instanceof Error ? error.message : String(error)
    throw new CreateError('UNWRITABLE', `${folder} cannot be written: ${reason}.`, { cause: error })
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait)
  }
}

/** Without a listener they would end the process at once, also between two files. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function wait(): void {}

/** With the folders above it that are missing. */
function makeFolder(path: string, undo: (() => void)[]): void {
  if (existsSync(path)) return
  makeFolder(dirname(path), undo)
  mkdirSync(path)
  undo.push(() => rmdirSync(path))
}
