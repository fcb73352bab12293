/** Adds the metric matchers to vitest's `expect`: `import '@pm/scheduler-testing/vitest'`, in a set-up file for instance. */
import { expect } from 'vitest'

import { type MetricMatchers, metricMatchers } from './standard/metric-matchers.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends MetricMatchers<R> {}
}

expect.extend(metricMatchers)
