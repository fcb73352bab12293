/**
 * The signals that request a stop, with the exit codes of a process that they ended. SIGHUP (the terminal was closed)
 * counts only if the output is a terminal, so that `nohup` works.
 */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, ...(process.stdout.isTTY && { SIGHUP: 129 }) }

/**
 * Signals within this time count as one request: a launcher may forward a signal that the terminal has also sent to us.
 */
const SAME_WISH_MS = 500

/**
 * Aborts `stop` when a signal requests a stop. On a second request the process exits at once; the embedded database
 * notices and stops too.
 */
export function stopOnSignal(stop: AbortController): void {
  let askedAt = Number.NEGATIVE_INFINITY
  for (const [name, code] of Object.entries(EXIT_CODES)) {
    process.on(name, () => {
      const sinceAsked = performance.now() - askedAt
      if (!stop.signal.aborted) {
        askedAt = performance.now()
        stop.abort(new StopRequested(name))
      } else if (sinceAsked > SAME_WISH_MS) process.exit(code)
    })
  }
}

/** The reason why a start was aborted or an application stops. */
export class StopRequested extends Error {
  constructor(by: string) {
    super(`Stopped by ${by}.`)
    this.name = 'StopRequested'
  }
}

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
