/**
 * Adds the metric matchers to Jest's `expect`: `import '@pm/scheduler-testing/jest'` in a file of `setupFilesAfterEnv`.
 * The types are there for `expect` of `@jest/globals`, and for the global one of `@types/jest`.
 */
import { type MetricMatchers, metricMatchers } from './standard/metric-matchers.ts'

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: merging asks for the type parameters that @types/jest declares.
    interface Matchers<R, T = {}> extends MetricMatchers<R> {}
  }
}

// What `@jest/globals` builds its matchers from.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends MetricMatchers<R> {}
}

/** Jest's own, taken by its shape: this package does not depend on Jest. */
const { expect } = globalThis as { readonly expect?: { extend(matchers: typeof metricMatchers): void } }
if (!expect) {
  throw new Error(
    "Jest's global expect is not here: import this from a file in setupFilesAfterEnv. With injectGlobals: false, call expect.extend(metricMatchers) there.",
  )
}
expect.extend(metricMatchers)
