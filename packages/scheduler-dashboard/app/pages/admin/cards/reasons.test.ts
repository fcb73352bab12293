import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { strings } from '../../../strings/index.ts'

const PAGE = new URL('../../../../../../docs/guides/monitoring.md', import.meta.url)

it('every reason of ill health that the docs list has its words', () => {
  const [, table = ''] = readFileSync(PAGE, 'utf8').split('## Reasons of ill health')
  const [list = ''] = table.split('\nAfter ')
  const codes = [...list.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(0)
  expect(Object.keys(strings.admin.reasons).sort()).toEqual(codes.sort())
})
