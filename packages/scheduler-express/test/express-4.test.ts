import { describeFuzzedRequests } from '@pm/testlab/vitest'
import express from 'express'
import { expect, it, vi } from 'vitest'

import { describeInHost } from './describe-in-host.ts'
import { onPrefixes } from './layouts.ts'
import { describeEveryMount, describeEveryReader } from './mount-matrix.ts'
import { serveExpress } from './serve-express.ts'

// In this file `express`, which the adapter imports, is version 4.
vi.mock('express', () => vi.importActual('express4'))

it('runs on version 4', () => {
  expect(express()).toHaveProperty('lazyrouter')
})

describeEveryMount('Express 4', express)

describeEveryReader('Express 4', express)

describeFuzzedRequests(
  'Express 4',
  serveExpress((routers) => onPrefixes(express(), routers)),
)

describeInHost('Express 4', express)
