import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

import { writeProject } from './write-project.ts'

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'write-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

it('takes back files and folders when a later file cannot be written', () => {
  const folder = openFolder()
  const files = new Map([
    ['src/main.ts', ''],
    ['src/main.ts/jobs.ts', ''],
  ])
  expect(() => writeProject(join(folder, 'acme'), files)).toThrow(expect.objectContaining({ code: 'UNWRITABLE' }))
  expect(readdirSync(folder)).toEqual([])
})

it('writes what is secret for its owner alone', () => {
  const folder = join(openFolder(), 'acme')
  writeProject(folder, new Map([['.env', 'ADMIN_TOKEN=x']]))
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
})
