import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { it } from 'vitest'

import { runExample } from '../../node-http/test/run-example.ts'

it('serves the status, refuses strangers, streams events, and ends in good order', async () => {
  const folder = join(import.meta.dirname, '..')
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder })
  await runExample(join(folder, 'dist/main.js'))
})
