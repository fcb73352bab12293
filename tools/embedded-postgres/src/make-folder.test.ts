import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { makeFolder } from './make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'make-folder-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('makes a folder with those above it, once', () => {
  const path = join(folder, 'a', 'b', 'c')
  makeFolder(path)
  makeFolder(path)
  expect(existsSync(path)).toBe(true)
})

test('names the first folder that cannot be made', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolder(join(folder, 'file', 'x', 'y'))).toThrow(
    /^The folder .*file\/x cannot be made here \(ENOTDIR\)\.$/,
  )
})

test.skipIf(process.platform !== 'linux')('refuses at once where Node would try for ever', () => {
  expect(() => makeFolder('/proc/none/of/ours')).toThrow('The folder /proc/none cannot be made here (')
})
