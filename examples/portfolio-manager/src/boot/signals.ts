/**
 * The signals that ask for a stop, and the exit codes of a process that one of them ended. A terminal that is closed
 * counts too, but not the one that `nohup` has let go of: then the output goes elsewhere.
 */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, ...(process.stdout.isTTY && { SIGHUP: 129 }) }

/** A launcher may pass on what the terminal has sent to everybody already: that is one wish, not two. */
const SAME_WISH_MS = 500

/**
 * Aborts `stop` when the process is asked to stop. Asked a second time, the process ends at once; the database that it
 * started notices that it is gone.
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

/** Why a start was called off or an application stops. */
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
