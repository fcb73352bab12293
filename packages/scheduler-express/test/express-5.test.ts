import { describeHttpAdapter } from '@pm/scheduler-testing/conformance'
import express from 'express'

import { LAYOUTS } from './layouts.ts'
import { serveExpress } from './serve-express.ts'

for (const [name, layout] of Object.entries(LAYOUTS))
  describeHttpAdapter(`Express 5, ${name}`, serveExpress(layout(express)))
