import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, 'files')

/** The app, its scheduler and the runner's settings, which the hosts with a `Request` share. */
export const HOST_FILES = Object.fromEntries(
  ['create-app.ts', 'scheduler.ts', 'vitest.config.ts'].map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]),
)
