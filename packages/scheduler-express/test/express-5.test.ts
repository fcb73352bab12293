import { describeHttpAdapter } from '@pm/scheduler-testing/conformance'
import express from 'express'
import { expect, it } from 'vitest'

import { describeInHost } from './describe-in-host.ts'
import { LAYOUTS } from './layouts.ts'
import { serveExpress } from './serve-express.ts'

it('runs on version 5', () => {
  expect(express()).not.toHaveProperty('lazyrouter')
})

for (const [name, layout] of Object.entries(LAYOUTS))
  describeHttpAdapter(`Express 5, ${name}`, serveExpress(layout(express)))

describeInHost('Express 5', express)
