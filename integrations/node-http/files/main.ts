import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { closeWith, toNodeListener } from '@pm/scheduler-core/http'

import { app, scheduler } from './scheduler.ts'

await scheduler.open()

const server = createServer(toNodeListener(app)).listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
)

process.once('SIGTERM', () => void closeWith(server, scheduler))
