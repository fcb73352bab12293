import { type Clock, systemClock, within } from '../../clock.ts'
import type { Scheduler } from '../../scheduler-api.ts'

/** A server of `node:http`, or whatever closes like one: an app of Fastify or NestJS, or `{ close: () => server.stop() }`. */
export interface ClosableServer {
  /** Takes no more connections, and calls back or resolves once those that there are have ended. */
  close(callback: (error?: Error) => void): unknown
  closeIdleConnections?(): void
  closeAllConnections?(): void
  /** Where an app of Fastify has its server. */
  readonly server?: unknown
  /** Where an app of NestJS has its server. */
  getHttpServer?(): unknown
}

export interface CloseWithOptions {
  /** What running handlers, and then requests under way, get to end in (default 10,000). */
  readonly graceMs?: number
  /** For these times (default the host's clock). */
  readonly clock?: Clock
}

/**
 * Closes schedulers and the server that shows them, in the order in which neither waits for the other:
 *
 * 1. The schedulers drain. Their event streams end in good order, the readiness probe fails, and the server still answers.
 * 2. The server takes no more connections. Requests under way get the rest of the grace, then they are cut off.
 *
 * Never rejects for the server's sake, and resolves within `graceMs` + 1,000 ms, even when the store, a handler or a
 * client hangs. Close what the handlers use, such as a `DataSource`, after it. Idempotent.
 */
export async function closeWith(
  server: ClosableServer,
  schedulers: Pick<Scheduler, 'close'> | readonly Pick<Scheduler, 'close'>[],
  { graceMs = 10_000, clock = systemClock }: CloseWithOptions = {},
): Promise<void> {
  const began = clock.monotonic()
  const all = Array.isArray(schedulers) ? schedulers : [schedulers]
  const drained = await Promise.allSettled(all.map((scheduler) => scheduler.close({ graceMs })))
  const leftMs = graceMs - (clock.monotonic() - began)
  await closeServer(server, { graceMs: Math.max(leftMs, LAST_ANSWERS_MS), clock })
  for (const outcome of drained) if (outcome.status === 'rejected') throw outcome.reason
}

/** What requests under way get at least, so that the last answers of the schedulers still arrive. */
const LAST_ANSWERS_MS = 250
/** A connection that was taken over, such as a WebSocket, is in no list of the server and is not waited for longer. */
const CUT_OFF_MS = 100

async function closeServer(server: ClosableServer, { graceMs, clock }: Required<CloseWithOptions>): Promise<void> {
  const connections = connectionsOf(server)
  const closed = closedOf(server)
  connections.closeIdleConnections?.()
  if (await within(clock, graceMs, closed)) return
  connections.closeAllConnections?.()
  await within(clock, CUT_OFF_MS, closed)
}

/** An app leaves to its server what becomes of the connections. */
function connectionsOf(server: ClosableServer): Pick<ClosableServer, `close${'Idle' | 'All'}Connections`> {
  const inner = server.getHttpServer?.() ?? server.server
  return typeof inner === 'object' && inner !== null ? inner : server
}

/** An error says that the server was closed already. */
function closedOf(server: ClosableServer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => resolve()
    try {
      const closing = server.close(done)
      if (isPromiseLike(closing)) closing.then(done, done)
    } catch {
      done()
    }
  })
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
