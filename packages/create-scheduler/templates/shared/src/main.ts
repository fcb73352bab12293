import { closeWith } from '@pm/scheduler-core/http'

import { listen } from './listen.ts'
import { openScheduler } from './open-scheduler.ts'
import { readSettings, SettingError } from './settings.ts'

try {
  await start()
} catch (error) {
  // A setting that is wrong is told in one sentence; anything else with its stack.
  console.error(error instanceof SettingError ? error.message : error)
  process.exit(1)
}

async function start(): Promise<void> {
  const settings = readSettings(process.env)
  const { scheduler, disconnect } = await openScheduler(process.env)
  const { server, port } = await listen(scheduler, settings).catch(async (error: unknown) => {
    await scheduler.close()
    await disconnect()
    throw error
  })

  const address = `http://${settings.host}:${port}`
  console.log(`Status: ${address}/api/v1/admin/scheduler/status (Authorization: Bearer, with the token)`)
  console.log(`Pages:  ${address}/admin (any user name, the token as the password)`)

  const close = async () => {
    await closeWith(server, scheduler)
    await disconnect()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
}
