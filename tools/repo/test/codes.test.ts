import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { slugOf } from '../../docs/src/site/slug.ts'
import { root } from '../project.ts'
import { readCodes } from '../reference/codes.ts'

it('every code has its entry in the runbook', () => {
  const headings = readFileSync(new URL('docs/operations/runbook.md', root), 'utf8').matchAll(/^#+ (.+)$/gm)
  const anchors = new Set([...headings].map(([, heading = '']) => slugOf(heading)))
  expect(readCodes().length).toBeGreaterThan(100)
  expect(readCodes().filter((code) => !anchors.has(code.toLowerCase()))).toEqual([])
})
