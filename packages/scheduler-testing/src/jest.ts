/** Adds the metric matchers to Jest's global `expect`: `setupFilesAfterEnv: ['@pm/scheduler-testing/jest']`. */
import { type MetricMatchers, metricMatchers } from './standard/metric-matchers.ts'

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: merging asks for the type parameters that @types/jest declares.
    interface Matchers<R, T = {}> extends MetricMatchers<R> {}
  }
}

/** Jest's own, taken by its shape: this package does not depend on Jest. */
const { expect } = globalThis as { readonly expect?: { extend(matchers: typeof metricMatchers): void } }
if (!expect) throw new Error("Jest's global expect is not here: import this from a file in setupFilesAfterEnv.")
expect.extend(metricMatchers)
