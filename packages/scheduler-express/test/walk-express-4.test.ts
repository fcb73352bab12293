import { describeHttpWalk } from '@pm/scheduler-testing/conformance'
import express from 'express'
import { expect, it, vi } from 'vitest'

import { onPrefixes } from './layouts.ts'
import { serveExpress } from './serve-express.ts'

// In this file `express`, which the adapter imports, is version 4.
vi.mock('express', () => vi.importActual('express4'))

it('runs on version 4', () => {
  expect(express()).toHaveProperty('lazyrouter')
})

describeHttpWalk(
  'Express 4',
  serveExpress((routers) => onPrefixes(express(), routers)),
)
