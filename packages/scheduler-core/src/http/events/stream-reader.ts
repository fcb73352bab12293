import type { Timer } from '../../clock.ts'
import type { ResponseStream, StreamSink } from '../exchange/response-stream.ts'
import { BEGINNING, type Frame, HEARTBEAT } from './frame.ts'

/** What the readers of one hub have in common. */
export interface ReaderHost {
  /** The present frame; `null` before the first. */
  readonly latest: Frame | null
  /** Calls `ring` once, after the time that a reader may take to drain. */
  setStallAlarm(ring: () => void): Timer
  /** Called once, when the reader is gone. */
  leave(reader: StreamReader): void
}

export interface ReaderOptions {
  readonly host: ReaderHost
  /** The last event that the reader says it has seen. */
  readonly lastEventId: string | null
  /** The monotonic instant from which on the reader has to come back. */
  readonly expiresAt: number
  /** Frees its place among all streams. */
  readonly giveBack: () => void
}

/**
 * One reader of the stream. While its transport is full nothing is queued: it falls behind, and gets the latest frame
 * once it has drained, or is cut off when it does not drain in time.
 *
 *     waiting   --open-->    flowing     the head is sent
 *     flowing   --write-->   full        the transport takes no more
 *     full      --drained--> flowing     the latest frame follows if one was missed
 *     any       --end, closed, stall-->  gone
 */
export class StreamReader implements ResponseStream {
  readonly expiresAt: number
  readonly #host: ReaderHost
  readonly #giveBack: () => void
  #lastEventId: string | null
  #sink: StreamSink | null = null
  #stallAlarm: Timer | null = null
  #isBehind = false
  #isGone = false

  constructor({ host, lastEventId, expiresAt, giveBack }: ReaderOptions) {
    this.#host = host
    this.#lastEventId = lastEventId
    this.expiresAt = expiresAt
    this.#giveBack = giveBack
  }

  open(sink: StreamSink): void {
    if (this.#isGone) {
      sink.end()
      return
    }
    this.#sink = sink
    // Proxies pass the head on with the first bytes of the body, and some only when a buffer is full.
    this.#write(BEGINNING)
    const isUpToDate = this.#lastEventId !== null && this.#host.latest?.knows(this.#lastEventId)
    this.#lastEventId = null
    if (!isUpToDate) this.#catchUp()
  }

  /** Called when there is a new frame, of which the reader has the one before unless it has fallen behind. */
  offer(): void {
    const { latest } = this.#host
    if (this.#sink === null || latest === null) return
    if (this.#stallAlarm) this.#isBehind = true
    else this.#write(latest.next)
  }

  beat(): void {
    if (!this.#stallAlarm) this.#write(HEARTBEAT)
  }

  drained(): void {
    if (!this.#stallAlarm) return
    this.#stallAlarm.cancel()
    this.#stallAlarm = null
    if (!this.#isBehind) return
    this.#isBehind = false
    this.#catchUp()
  }

  /** Ends the stream. A full one is cut, since it would hold its server open until it drains. */
  end(): void {
    const sink = this.#sink
    const isFull = this.#stallAlarm !== null
    this.closed()
    if (isFull) sink?.destroy()
    else sink?.end()
  }

  closed(): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#stallAlarm?.cancel()
    this.#stallAlarm = null
    this.#sink = null
    this.#giveBack()
    this.#host.leave(this)
  }

  /** Sends the latest frame to a reader that may lack any number of those before. */
  #catchUp(): void {
    const { latest } = this.#host
    if (latest) this.#write(latest.whole)
  }

  #write(bytes: Uint8Array): void {
    if (this.#sink === null || this.#sink.write(bytes)) return
    // A transport that breaks during a write has already called `closed`.
    if (!this.#isGone) this.#stallAlarm = this.#host.setStallAlarm(() => this.end())
  }
}
