import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { root } from '../project.ts'

const page = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8')

it('every command that CONTRIBUTING.md names exists', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const named = [...page.matchAll(/\bpnpm (?:exec )?([a-z][a-z:]*)/g)].map(([, name = '']) => name)
  const bins = ['node', 'vitest']
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !(name in scripts) && !bins.includes(name))).toEqual([])
})

it('every file that CONTRIBUTING.md names exists', () => {
  const named = [...page.matchAll(/\b(?:packages|tools|docs)\/[\w./-]+/g)].map(([path]) => path)
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
