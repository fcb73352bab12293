/** A scheduler in memory with jobs that have each succeeded once; answers what a snapshot takes, and one with its status. */
import { loadModule } from '../lab/build.ts'
import { type Metered, metered } from '../lab/turns.ts'

export interface MemoryTask {
  readonly root: string
  readonly jobs: number
}

export interface MemoryAnswer {
  readonly snapshot: Metered
  readonly status: Metered
}

const HOUR = 3_600_000

const { root, jobs }: MemoryTask = JSON.parse(process.argv[2] ?? '{}')
const { createMemoryBackend, createScheduler, every } = await loadModule({ root }, 'core')
const { createFetchHandler } = await loadModule({ root }, 'http')
const { createManualClock } = await loadModule({ root }, 'testing')

const clock = createManualClock()
const scheduler = createScheduler({
  name: 'bench',
  clock,
  jobs: Array.from({ length: jobs }, (_, job) => ({ name: `job-${job}`, schedule: every({ hours: 1 }), handler() {} })),
  ...createMemoryBackend(),
  concurrency: Infinity,
})
await scheduler.open()
await clock.advance(HOUR)
await scheduler.whenIdle()
const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
const handle = createFetchHandler(scheduler, { view: 'admin', authorize, version: 'v2', clock })

process.on('message', () => void answer())
process.send?.('ready')

async function answer(): Promise<void> {
  await clock.advance(10)
  const snapshot = await metered(() => scheduler.snapshot({ maxAgeMs: 0 }))
  await clock.advance(10)
  const status = await metered(readStatus)
  process.send?.({ snapshot, status } satisfies MemoryAnswer)
}

async function readStatus(): Promise<void> {
  await scheduler.snapshot({ maxAgeMs: 0 })
  const response = await handle(new Request('http://localhost/status'))
  const text = await response.text()
  if (response.status !== 200 || !text.includes('"attention"')) throw new Error(`The status answered ${text}.`)
}
