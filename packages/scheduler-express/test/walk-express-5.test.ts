import { describeHttpWalk } from '@pm/scheduler-testing/conformance'
import express from 'express'

import { onPrefixes } from './layouts.ts'
import { serveExpress } from './serve-express.ts'

describeHttpWalk(
  'Express 5',
  serveExpress((routers) => onPrefixes(express(), routers)),
)
