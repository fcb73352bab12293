/** A process that has one scheduler and nothing else to do. It says what happens, and closes on SIGTERM. */
import { createMemoryBackend, createScheduler, type SchedulerOptions } from '@pm/scheduler-core'
import { DataSource } from 'typeorm'

import { createTypeormSessions, createTypeormStore } from '../../src/index.ts'
import { dataSourceOptions } from '../data-source-options.ts'

export interface ChildOptions {
  /** The database; `null` for the memory backend. */
  readonly url: string | null
  readonly periodMs: number
  readonly keepAlive?: boolean
}

const { url, periodMs, keepAlive } = JSON.parse(process.argv[2] ?? '') as ChildOptions
const common = {
  name: 'life',
  graceMs: 1_000,
  jobs: [{ name: 'poll', schedule: { kind: 'every', periodMs, anchorAt: 0 }, handler() {} }],
  ...(keepAlive !== undefined && { keepAlive }),
} as const satisfies Partial<SchedulerOptions<object>>
const dataSource = url === null ? null : await new DataSource(dataSourceOptions(url, 3)).initialize()
const scheduler = dataSource
  ? createScheduler({ ...common, sessions: createTypeormSessions(dataSource), store: createTypeormStore() })
  : createScheduler({ ...common, ...createMemoryBackend() })

// Nobody listens on the channel, so it holds nothing.
const say = (what: string) => void process.send?.(what)
process.once('SIGTERM', () => void end())

async function end(): Promise<void> {
  await scheduler.close()
  await dataSource?.destroy()
}
scheduler.on('run-settled', () => say('settled'))
scheduler.on('state-changed', ({ to }) => say(to))
await scheduler.open()
say('opened')
