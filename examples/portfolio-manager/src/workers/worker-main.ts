/** A worker process. It is told what to do by the process that starts it, and ends with that. */
import { createLogger } from '../log/logger.ts'
import { withFields } from '../log/with-fields.ts'
import type { FromWorker, ToWorker, WorkerOrders } from './worker-orders.ts'

let stopping = false
let close: () => Promise<void> = async () => {}

const say = (what: FromWorker) => void process.send?.(what)

async function begin(orders: WorkerOrders): Promise<void> {
  const write = (text: string) => process.stdout.write(text)
  const { logFormat: format, secrets } = orders.config
  const logger = withFields(createLogger({ format, write, secrets }), { worker: orders.name })
  try {
    const { openWorker } = await import('./open-worker.ts')
    close = await openWorker(orders, logger)
    say({ kind: 'ready' })
  } catch (error) {
    say({ kind: 'failed', why: error instanceof Error ? error.message : String(error) })
    process.exitCode = 1
    process.disconnect()
  }
}

/** Waits for what runs here, and ends. */
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
// The terminal tells all of its processes; the one that started us decides when we stop.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('SIGTERM', () => void stop())
// It was killed, and the embedded database ends with it: there is nothing to drain into.
process.on('disconnect', () => process.exit(process.exitCode ?? 1))
process.on('message', (told: ToWorker) => void (told.kind === 'begin' ? begin(told.orders) : stop()))
