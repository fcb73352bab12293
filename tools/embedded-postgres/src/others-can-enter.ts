import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Whether a user who owns nothing on the way may reach this folder. */
export function othersCanEnter(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
