import { lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Account } from './account.ts'

/**
 * Gives a folder with everything in it to an account. Follows no link, so that nothing outside changes hands.
 *
 * @throws Error for a file that has another name elsewhere: PostgreSQL makes none.
 */
export function giveTo({ uid, gid }: Account, folder: string): void {
  // The folder first: from then on nobody else can enter it, and what is left in it is given away undisturbed.
  lchownSync(folder, uid, gid)
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const file = lstatSync(path)
    if (file.isDirectory()) giveTo({ uid, gid }, path)
    else if (file.nlink > 1) throw new Error(`${path} is also elsewhere.`)
    else lchownSync(path, uid, gid)
  }
}
