import { closeWith } from '@pm/scheduler-core/http'

import { app, scheduler } from './scheduler.ts'

await scheduler.open()

const server = Bun.serve({ port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1', fetch: app })
console.log(`http://127.0.0.1:${server.port}`)

process.once('SIGTERM', () => void closeWith({ close: () => server.stop() }, scheduler).then(() => process.exit(0)))
