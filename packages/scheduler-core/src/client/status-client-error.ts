import type { Problem } from '../contract/problem.ts'

/**
 * `UNREACHABLE`: no answer came in time. `UNEXPECTED_ANSWER`: the answer is not of this library, but for example of a
 * proxy. Every other code is the server's.
 */
export type StatusClientErrorCode = Problem['code'] | 'UNREACHABLE' | 'UNEXPECTED_ANSWER'

/** What every method of the client rejects with. */
export class StatusClientError extends Error {
  override readonly name = 'StatusClientError'
  readonly code: StatusClientErrorCode
  /** The HTTP status; `null` when no answer came. */
  readonly status: number | null
  /** How long the server asks to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | null

  constructor(code: StatusClientErrorCode, { message, status = null, retryAfterMs = null, cause }: ErrorInit) {
    super(message, { cause })
    this.code = code
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

interface ErrorInit {
  readonly message: string
  readonly status?: number | null
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
}

/** The error for a response that is not a success. */
export async function toClientError(response: Response): Promise<StatusClientError> {
  const { status } = response
  const problem = await readProblem(response)
  if (!problem) return new StatusClientError('UNEXPECTED_ANSWER', { message: `The answer was ${status}.`, status })
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : null
  return new StatusClientError(problem.code, { message: problem.detail ?? problem.title, status, retryAfterMs })
}

async function readProblem(response: Response): Promise<Problem | null> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null
  try {
    const problem = (await response.json()) as Problem | null
    return typeof problem?.code === 'string' ? problem : null
  } catch {
    return null
  }
}
