import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { blocksOf } from '../src/blocks/blocks-of.ts'
import { readPage } from '../src/blocks/pages.ts'
import { ROOT } from '../src/blocks/places.ts'

const page = readPage('README.md')
const codes = blocksOf(page).flatMap(({ language, code }) => (language === 'ts' ? [code] : []))

it('the quick start has at most fifteen lines', () => {
  const lines = codes[0]?.split('\n').filter((line) => line.trim() !== '') ?? []
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThanOrEqual(15)
})

it('the first test is the one of our own suite', () => {
  const path = 'packages/scheduler-testing/test/readme.test.ts'
  expect(page.text).toContain(path)
  const ours = readFileSync(new URL(path, ROOT), 'utf8').replaceAll(/^\/\/.*\n/gm, '')
  expect(codes).toContain(ours.trimEnd())
})
