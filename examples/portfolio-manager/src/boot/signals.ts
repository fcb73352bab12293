/** The signals that ask for a stop, and the exit codes of a process that one of them ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * A signal that aborts when the process is asked to stop. Asked a second time, the process ends at once; what it had
 * started notices that it is gone.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const [name, code] of Object.entries(EXIT_CODES)) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(code)
      stop.abort(new StopRequested(name))
    })
  }
  return stop.signal
}

/** Why a start was called off or an application stops. */
export class StopRequested extends Error {
  constructor(signalName: string) {
    super(`Stopped by ${signalName}.`)
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
