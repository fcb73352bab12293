import process from 'node:process'

import { closeWith } from '@pm/scheduler-core/http'

import { app, scheduler } from './scheduler.ts'

await scheduler.open()

const onListen = ({ port }: { readonly port: number }) => console.log(`http://127.0.0.1:${port}`)
const server = Deno.serve({ port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1', onListen }, app)

Deno.addSignalListener('SIGTERM', () => {
  void closeWith({ close: () => server.shutdown() }, scheduler).then(() => process.exit(0))
})
