import type { RunView } from '../../contract/run.ts'
import { SchedulerError } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'

/** Says where the host has the logs of a run; `null` where it does not say. */
export type LogUrlOf = (run: RunView) => string | null

export interface LogUrlsOptions {
  /** The host's hook (default none: no run has a URL). */
  readonly hook: LogUrlOf | undefined
  /** Called with the first failure only, since what fails for one run of a page mostly fails for all. */
  readonly onFailure: (error: unknown) => void
}

/**
 * The host's hook for the runs of one request. Lets through http:, https: and relative URLs, since pages make links of
 * them. Any other answer is `null`, and so is an error.
 */
export function createLogUrls({ hook, onFailure }: LogUrlsOptions): LogUrlOf {
  if (hook === undefined) return () => null
  let hasFailed = false
  const fail = (error: unknown): null => {
    if (!hasFailed) onFailure(error)
    hasFailed = true
    return null
  }
  return (run) => {
    try {
      const answer: unknown = hook(run)
      if (answer === null || isLink(answer)) return answer
      // The hook may not be asynchronous. A promise that it answers all the same must not reject unheard.
      Promise.resolve(answer).catch(() => {})
      return fail(unfit(answer))
    } catch (error) {
      return fail(error)
    }
  }
}

const MAX_LENGTH = 2_048

/** Reads the text as a browser does, which skips leading blanks, and tabs and line ends anywhere. */
function isLink(answer: unknown): answer is string {
  if (typeof answer !== 'string' || answer === '' || answer.length > MAX_LENGTH) return false
  return URL.canParse(answer, BASE) && /^https?:$/.test(new URL(answer, BASE).protocol)
}

const BASE = 'https://relative.invalid/'

/** Does not repeat a text: a URL can hold a secret. */
function unfit(answer: unknown): SchedulerError {
  return new SchedulerError('INVALID_OPTIONS', {
    path: 'http.runLogUrl(run)',
    received: typeof answer === 'string' ? 'another text' : describeValue(answer),
    expected: `an http:, https: or relative URL of 1 to ${MAX_LENGTH} characters, or null`,
  })
}
