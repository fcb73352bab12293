import { closeWith } from '@pm/scheduler-core/http'

import { app, scheduler } from './scheduler.ts'

await scheduler.open()

const server = Bun.serve({ port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1', fetch: app })
console.log(`http://127.0.0.1:${server.port}`)

const closable = { close: () => server.stop(), closeAllConnections: () => server.stop(true) }
process.once('SIGTERM', () => void closeWith(closable, scheduler).then(() => process.exit(0)))
