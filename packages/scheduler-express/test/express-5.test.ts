import { describeFuzzedRequests } from '@pm/testlab/vitest'
import express from 'express'
import { expect, it } from 'vitest'

import { describeInHost } from './describe-in-host.ts'
import { onPrefixes } from './layouts.ts'
import { describeEveryMount, describeEveryReader } from './mount-matrix.ts'
import { serveExpress } from './serve-express.ts'

it('runs on version 5', () => {
  expect(express()).not.toHaveProperty('lazyrouter')
})

describeEveryMount('Express 5', express)

describeEveryReader('Express 5', express)

describeFuzzedRequests(
  'Express 5',
  serveExpress((routers) => onPrefixes(express(), routers)),
)

describeInHost('Express 5', express)
