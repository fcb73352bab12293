import { defineConfig } from 'vitest/config'

import config from './vitest.config.ts'

const { projects: _, globalSetup: __, ...common } = config.test ?? {}

/**
 * What every number of every view goes through has no branch that no test takes: the tests that tell of it, and the
 * check that they reach all of it.
 */
export default defineConfig({
  ...config,
  test: {
    ...common,
    include: [
      'packages/scheduler-core/src/{metrics,run,snapshot,status,view}/**/*.test.ts',
      'packages/scheduler-core/test/*.test.ts',
      'packages/scheduler-testing/test/{memory-scheduler,traces}.test.ts',
    ],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['packages/scheduler-core/src/{metrics,reading,snapshot,status}/**/*.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
  },
})
