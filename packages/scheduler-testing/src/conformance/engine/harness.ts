import type { SessionProvider } from '@pm/scheduler-core'
import type { Engine } from '@pm/scheduler-core/store'

/** What stands for one process: an engine object that is not open, and the sessions of its units of work. */
export interface EngineSide<S> {
  readonly engine: Engine<S>
  readonly sessions: SessionProvider<S>
  /**
   * Ends the connections of the engine and of the sessions as the death of their process would: nothing is told, nothing is
   * put back (default: the stories that need it are skipped).
   */
  kill?(): Promise<void>
}

/** A server that can be taken away and brought back. It keeps what it was given. */
export interface EngineServer {
  stop(): Promise<void>
  start(): Promise<void>
}

/** One server without any message, made for one test. `S` is whatever the sessions are. */
export interface EngineHarness<S> {
  /** Another process of a scheduler or of a worker on that server. */
  createSide(role: 'scheduler' | 'worker'): Promise<EngineSide<S>>
  /** Within what time a message comes again whose worker died before it took it over (default 8,000 ms). */
  readonly againWithinMs?: number
  readonly server?: EngineServer
  /** Deletes a queue with its messages, past every engine object. */
  deleteQueue?(scheduler: string, queue: string): Promise<void>
  /** Puts a message into a queue that no scheduler dispatched. */
  putForeign?(scheduler: string, queue: string, foreign: ForeignMessage): Promise<void>
  /** Lets that much time pass (default: waits that long). */
  pass?(ms: number): Promise<void>
  /** The time that `pass` moves, in ms (default: the time of this process). */
  now?(): number
  /** Releases everything; called after the test, whatever became of it. */
  close(): Promise<void>
}

export interface ForeignMessage {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

export type CreateEngineHarness<S> = () => Promise<EngineHarness<S>>
