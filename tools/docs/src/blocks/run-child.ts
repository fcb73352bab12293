// A process that evaluates modules of blocks, one after the other, and tells how each ended. It is sent `RunRequest`s.
import { registerHooks } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'
import { format } from 'node:util'

import { ALL_MODULES, FIXTURES } from './places.ts'
import type { RunRequest, RunResult } from './run-messages.ts'

/** A module that waits for something that never comes is ended; one on a machine that does much else is not. */
const LIMIT_MS = 120_000

// A module and the fixtures that it imports are instances of their own: no block meets what another one closed.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const { search } = new URL(context.parentURL ?? 'file:///')
    const isOurs = resolved.url.startsWith(FIXTURES.href) || resolved.url.startsWith(ALL_MODULES.href)
    return search !== '' && isOurs ? { ...resolved, url: `${resolved.url}${search}` } : resolved
  },
})

let printed: string[] = []
let onUncaught: (error: unknown) => void = () => {}
for (const method of ['log', 'info', 'warn', 'error', 'table'] as const) {
  console[method] = (...args: readonly unknown[]) => void printed.push(format(...args))
}
process.on('uncaughtException', (error) => onUncaught(error))
process.on('unhandledRejection', (error) => onUncaught(error))
process.on('message', (request: RunRequest) => void run(request).then((result) => process.send?.(result)))

async function run({ id, place, database }: RunRequest): Promise<RunResult> {
  printed = []
  const fixture = (file: string) => import(`${new URL(file, FIXTURES).href}?block=${id}`)
  const environment = { ...process.env }
  const problems: unknown[] = []
  try {
    ;(await fixture('hosts.ts')).keepToThisMachine()
    if (database) process.env['DATABASE_URL'] = (await fixture('database.ts')).databaseUrl
    // What a block leaves to the next turns, such as a promise that rejects, is a part of it.
    await within(import(`${place}?block=${id}`).then(() => turn()).then(() => turn()))
  } catch (error) {
    problems.push(error)
  }
  try {
    const closing = (await fixture('closing.ts')).closeAll()
    await within(closing)
  } catch (error) {
    problems.push(error)
  }
  process.env = environment
  return { id, printed, problems: problems.map((error) => format(error)) }
}

/** Rejects with what is thrown outside of the promise, too, and when it takes too long. */
async function within(evaluation: Promise<unknown>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  onUncaught = reject
  const limit = setTimeout(() => reject(new Error(`It did not end within ${LIMIT_MS} ms`)), LIMIT_MS)
  try {
    await Promise.race([evaluation, promise])
  } finally {
    clearTimeout(limit)
  }
}
