import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

const MODULE = JSON.stringify(new URL('./stop-with-npx.ts', import.meta.url).href)

/** The script that npx starts: it watches npx, says so, and prints why it was stopped. */
const WATCHER = `
  const { stopWithNpx } = await import(${MODULE})
  const stop = new AbortController()
  const alive = setInterval(() => {}, 1_000)
  stop.signal.addEventListener('abort', () => {
    console.log(stop.signal.reason.message)
    clearInterval(alive)
  })
  await stopWithNpx(stop)
  console.log('watching')
`

const LAUNCHER = `
  const { spawn } = require('node:child_process')
  spawn(process.execPath, ['--input-type=module', '-e', process.argv[2]], { stdio: 'inherit' })
`

test.skipIf(process.platform === 'win32')('a process that npx started stops when npx is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'))
  const script = join(folder, 'npx-cli.js')
  writeFileSync(script, LAUNCHER)
  const npx = spawn(process.execPath, [script, WATCHER], { stdio: ['ignore', 'pipe', 'inherit'] })
  npx.stdout.once('data', () => npx.kill('SIGKILL'))
  // The output ends when the last process that holds it has ended.
  expect(await text(npx.stdout)).toBe('watching\nStopped by the end of npx.\n')
  rmSync(folder, { recursive: true, force: true })
})
