/** Adds the metric matchers to vitest's `expect`: `import '@pm/scheduler-testing/vitest'`, in a set-up file for instance. */
import { expect } from 'vitest'

import { type MetricMatchers, metricMatchers } from './standard/metric-matchers.ts'

// vitest's own interface has other type parameters in each of its versions 3, 4 and 5; all take over what Chai has.
declare global {
  namespace Chai {
    interface Assertion extends MetricMatchers<void> {}
  }
}

expect.extend(metricMatchers)
