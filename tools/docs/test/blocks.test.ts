import { availableParallelism } from 'node:os'
import { afterAll, expect, inject, it } from 'vitest'
import type {} from '../../embedded-postgres/src/vitest/global-setup.ts'

import { createBlockChecker } from '../src/blocks/block-checker.ts'
import { pages } from '../src/blocks/pages.ts'

const checker = createBlockChecker({
  pages,
  postgresUrl: inject('postgresUrl'),
  processes: Math.min(2, availableParallelism()),
})
afterAll(() => checker[Symbol.asyncDispose]())

it.concurrent.each(pages)('every block of %s compiles and runs', { timeout: 120_000 }, async (page) => {
  expect((await checker.check(page)).problems).toEqual([])
})
