import { type ConsistencyOptions, findDisagreements, type ViewedResponse } from './expect-consistent-views.ts'
import { findDeviations, type StandardOptions } from './expect-standard-metrics.ts'
import { type StandardView, viewOf } from './views.ts'

/** Matchers for `expect.extend`, of vitest and of Jest alike. */
export const metricMatchers = {
  /** As `expectStandardMetrics`. */
  toBeStandardMetrics(received: unknown, view: StandardView, options?: StandardOptions) {
    return judged(`${viewOf(view).name} to be standard`, findDeviations(received, view, options))
  },
  /** As `expectConsistentViews`. */
  toAgreeWithView(received: ViewedResponse, other: ViewedResponse, options?: ConsistencyOptions) {
    const name = `${viewOf(received.view).name} to agree with ${viewOf(other.view).name}`
    return judged(name, findDisagreements(received, other, options))
  },
}

/** What the matchers add to `expect(…)`. */
export interface MetricMatchers<R = unknown> {
  toBeStandardMetrics(view: StandardView, options?: StandardOptions): R
  toAgreeWithView(other: ViewedResponse, options?: ConsistencyOptions): R
}

function judged(expectation: string, findings: readonly string[]) {
  const pass = findings.length === 0
  return {
    pass,
    message: () => (pass ? `Expected ${expectation} not` : `Expected ${expectation}:\n- ${findings.join('\n- ')}`),
  }
}
