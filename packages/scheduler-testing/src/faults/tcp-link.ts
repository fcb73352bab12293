import { connect, type Socket } from 'node:net'

import type { TcpCondition } from './tcp-condition.ts'

export interface TcpLinkOptions {
  readonly client: Socket
  readonly target: { readonly host: string; readonly port: number }
  /** Called once, when both ends are gone. */
  readonly onEnd: () => void
}

/** One connection through the proxy. */
export interface TcpLink {
  set(condition: TcpCondition): void
  reset(): void
}

export function createTcpLink({ client, target, onEnd }: TcpLinkOptions): TcpLink {
  const upstream = connect({ ...target, allowHalfOpen: true })
  let condition: TcpCondition = { kind: 'pass' }
  let bytesLeft = Number.POSITIVE_INFINITY
  let ended = false

  function reset(): void {
    for (const socket of [client, upstream]) socket.resetAndDestroy()
    if (!ended) onEnd()
    ended = true
  }

  const latencyMs = () => (condition.kind === 'latency' ? condition.ms : 0)
  const requests = createPipe({ from: client, to: upstream, latencyMs, admit: (chunk) => chunk })
  const answers = createPipe({
    from: upstream,
    to: client,
    latencyMs,
    admit(chunk) {
      const admitted = chunk.subarray(0, bytesLeft)
      bytesLeft -= admitted.length
      return admitted
    },
    onWritten: () => bytesLeft <= 0 && reset(),
  })
  for (const socket of [client, upstream]) {
    socket.on('error', reset)
    socket.on('close', () => client.destroyed && upstream.destroyed && reset())
  }

  return {
    reset,
    set(next) {
      condition = next
      bytesLeft = next.kind === 'cut' ? next.afterBytes : Number.POSITIVE_INFINITY
      if (next.kind === 'reset' || bytesLeft <= 0) return reset()
      for (const pipe of [requests, answers]) pipe.hold(next.kind === 'black-hole')
    },
  }
}

interface PipeOptions {
  readonly from: Socket
  readonly to: Socket
  readonly latencyMs: () => number
  /** What of a chunk is passed on. */
  readonly admit: (chunk: Buffer) => Buffer
  readonly onWritten?: () => void
}

/** Passes on what one socket says, and that it has ended, in its order. */
function createPipe({ from, to, latencyMs, admit, onWritten }: PipeOptions) {
  let held = false
  let waiting: (() => void)[] = []
  let queue = Promise.resolve()

  /** Runs a step once everything before it has gone through, the latency is over and nothing holds it back. */
  function enqueue(step: () => void): void {
    const ms = latencyMs()
    const arrives = ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : undefined
    queue = queue
      .then(() => arrives)
      .then(() => (held ? new Promise<void>((resolve) => waiting.push(resolve)) : undefined))
      .then(step)
  }

  from.on('data', (chunk: Buffer) => {
    enqueue(() => {
      if (to.destroyed) return
      const admitted = admit(chunk)
      if (!to.write(admitted, () => onWritten?.())) {
        from.pause()
        to.once('drain', () => held || from.resume())
      }
    })
  })
  from.on('end', () => enqueue(() => to.end()))

  return {
    hold(nextHeld: boolean): void {
      held = nextHeld
      if (held) {
        from.pause()
        return
      }
      const released = waiting
      waiting = []
      for (const release of released) release()
      from.resume()
    },
  }
}
