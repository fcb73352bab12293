import type { ServerResponse } from 'node:http'

/** The response of Node, or of a framework on it, by which one sees that the caller has gone. */
export type NodeResponse = Pick<ServerResponse, 'destroyed' | 'writableEnded' | 'once'>

/** Aborts when the connection is gone before the answer was handed over whole. */
export function hangUpOf(response: NodeResponse): AbortSignal {
  const gone = new AbortController()
  const onClose = () => {
    if (!response.writableEnded) gone.abort()
  }
  if (response.destroyed) onClose()
  else response.once('close', onClose)
  return gone.signal
}
