import { type Clock, sleep } from '../clock.ts'
import { StatusClientError, toClientError } from './status-client-error.ts'
import { readJson, type Transport } from './transport.ts'

export interface PollOptions<S> {
  readonly transport: Transport
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly pollMs: number
  /** Monotonic instant at which to end. */
  readonly untilMs: number
  readonly tell: (status: S, id: string) => void
  /** Called at every answer, also at one that says that nothing is new. */
  readonly onAnswer: () => void
}

/** Polls the status, and reports each new one. Resolves with the error, or with `null` at the end. */
export async function pollStatus<S>(options: PollOptions<S>): Promise<StatusClientError | null> {
  const { transport, clock, signal, pollMs, untilMs, tell, onAnswer } = options
  let etag: string | null = null
  try {
    while (!signal.aborted && clock.monotonic() < untilMs) {
      const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag }
      const response: Response = await transport.send('/status', { headers })
      if (response.status !== 304 && !response.ok) return await toClientError(response)
      onAnswer()
      if (response.status !== 304) {
        etag = response.headers.get('etag')
        tell(await readJson<S>(response), idOf(etag))
      }
      await sleep(clock, pollMs, signal)
    }
    return null
  } catch (error) {
    if (error instanceof StatusClientError) return error
    return new StatusClientError('UNREACHABLE', { message: 'The server could not be reached.', cause: error })
  }
}

/** The snapshot's id, with which an ETag of this library begins. */
function idOf(etag: string | null): string {
  return /^(?:W\/)?"([\da-f]+-\d+)\./.exec(etag ?? '')?.[1] ?? ''
}
