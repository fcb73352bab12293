import type { RunId } from '../ids.ts'
import type { Logger } from './logger.ts'

/** A queued run on its way to a worker. The ledger has everything else of it: what a message says is never trusted. */
export interface RunMessage {
  /** The run's id, and the message's. */
  readonly id: RunId
  readonly scheduler: string
  readonly job: string
  /** The queue of the run's job. */
  readonly queue: string
  /** From -1,000 to 1,000: the higher goes first. */
  readonly priority: number
}

export interface EngineCapabilities {
  /** `dispatch` and `cancel` are part of the unit of work whose session they get: they take effect with its commit. */
  readonly transactional: boolean
}

/** What an engine works for. */
export interface EngineUse {
  /** Part of the names of the queues: two schedulers on one server share none. */
  readonly scheduler: string
  /** What it logs has no secret of the scheduler. */
  readonly logger: Logger
}

/**
 * Carries queued runs from the schedulers that claim them to the workers that execute them, by an existing queue. It never
 * decides when a run is due, and it may deliver a message more than once: the ledger decides which delivery counts. One
 * object serves one scheduler or one worker. Every call but `close` may reject, with `ENGINE_UNAVAILABLE` when the server is
 * away; none waits for longer than some seconds.
 */
export interface Engine<S> {
  /** For logs and pages, such as `pg-boss`. */
  readonly name: string
  readonly capabilities: EngineCapabilities
  /** Connects. Throws `ENGINE_UNSUPPORTED` for a library or a server that it does not know. Open, it does nothing. */
  open(use: EngineUse): Promise<void>
  /** Makes the queues that are missing. Called before the first message for a queue, outside units of work. */
  ensureQueues(queues: readonly string[]): Promise<void>
  /**
   * Makes sure that a live message exists for each run. To dispatch a run again changes nothing while its message waits, and
   * makes a new one where it is gone. A transactional engine gets the session of the unit that claims the runs; another one
   * is called after the commit. Throws `ENGINE_QUEUE_MISSING` when a queue was deleted; `ensureQueues` makes it again.
   */
  dispatch(messages: readonly RunMessage[], session?: S): Promise<void>
  /** Takes messages back as far as it can: one that a worker already has is dropped there. */
  cancel(messages: readonly RunMessage[], session?: S): Promise<void>
  /** Brings messages of its queues to a worker until `stop`. */
  consume(consumer: RunConsumer<S>): Promise<Consumption>
  /** Ends everything that it began. Resolves within some seconds, whatever its server does. */
  close(): Promise<void>
}

export interface Consumption {
  /** Brings nothing more. Resolves when nothing is being brought; what was taken over goes on. */
  stop(): Promise<void>
}

/** A worker as an engine sees it. */
export interface RunConsumer<S> {
  readonly queues: readonly string[]
  /** How many runs it executes at a time, as of now; at most 10,000. */
  readonly concurrency: number
  /** How many more it could begin now. 0 while the scheduler is paused or stopped. */
  readonly room: number
  /** Resolves when there is room, or the signal aborts. */
  whenRoom(signal: AbortSignal): Promise<void>
  /**
   * Takes over what `fetch` brings, in one unit of work: fetch, take over, acknowledge, commit. Then the runs begin. It does
   * not fetch without room, and resolves with nothing then. Rejects when the store or `fetch` fails: nothing was taken over.
   */
  takeOver(delivery: Delivery<S>): Promise<Delivered>
}

export interface Delivery<S> {
  /** Brings the ids of up to `most` messages, at least 1. A transactional engine marks them as fetched by the session. */
  fetch(session: S, most: number): Promise<readonly RunId[]>
  /** Told in the same unit what becomes of them, before it commits (default: nothing to do). */
  acknowledge?(session: S, delivered: Delivered): Promise<void>
}

/** What became of messages that were brought. */
export interface Delivered {
  /** Their runs begin here. The message has done its work. */
  readonly taken: readonly RunId[]
  /** For another worker, or for later: this one has not their job, or it is paused. The message has to stay. */
  readonly left: readonly RunId[]
  /** No run waits for them: taken over before, cancelled, or never known. The message can go. */
  readonly dropped: readonly RunId[]
}
