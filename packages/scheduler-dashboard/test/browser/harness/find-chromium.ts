import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The one without windows comes first: it is the same engine, for half the work. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** What to do where there is none. */
export const REMEDY =
  'Debian has it in the package `chromium-headless-shell`, or with windows in `chromium`; CHROMIUM_PATH names another.'

/** The Chromium of this machine: that of `CHROMIUM_PATH`, or the first on the path; `null` where there is none. */
export function findChromium({ CHROMIUM_PATH, PATH = '' }: NodeJS.ProcessEnv): string | null {
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const candidates = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
