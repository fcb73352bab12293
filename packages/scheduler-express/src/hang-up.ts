import type { Request } from 'express'

/** Aborts when the connection of a request is gone before its answer was handed over whole. */
export function hangUpOf({ res }: Request): AbortSignal {
  const gone = new AbortController()
  if (!res) return gone.signal
  const close = () => {
    if (!res.writableEnded) gone.abort()
  }
  if (res.destroyed) close()
  else res.once('close', close)
  return gone.signal
}
