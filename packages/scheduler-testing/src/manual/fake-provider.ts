import type { Clock, ProviderCall, ProviderDescription, RunContext } from '@pm/scheduler-core'

/** What a fake provider does when it is called: by default it succeeds at once. */
export type FakeAnswer = Partial<Pick<ProviderCall, 'outcome' | 'answered' | 'durationMs' | 'fallback'>>

/** An external source that answers as it was told, and is counted as a real one is. */
export interface FakeProvider {
  readonly name: string
  /** For the scheduler's `providers`. */
  readonly description: ProviderDescription
  /** What it does at the next calls, in this order; after them it succeeds at once again. */
  answerWith(...answers: readonly FakeAnswer[]): void
  /** One call on behalf of a run. Takes the answer's `durationMs` of clock time, and says whether data came. */
  call(context: Pick<RunContext, 'recordCall'>): Promise<boolean>
}

export interface FakeProviderOptions {
  /** The name of the provider. */
  readonly name: string
  /** The clock on which a call takes its time. */
  readonly clock: Clock
  /** Whether its API key is configured (default `null`: it needs none). */
  readonly apiKeyConfigured?: boolean | null
}

export function createFakeProvider({ name, clock, apiKeyConfigured = null }: FakeProviderOptions): FakeProvider {
  const answers: FakeAnswer[] = []
  return {
    name,
    description: { name, enabled: true, apiKeyConfigured },
    answerWith(...more) {
      answers.push(...more)
    },
    async call(context) {
      const { outcome = 'succeeded', durationMs = 0, ...rest } = answers.shift() ?? {}
      if (durationMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, durationMs))
      context.recordCall({ provider: name, answered: true, ...rest, outcome, durationMs })
      return outcome === 'succeeded'
    },
  }
}
