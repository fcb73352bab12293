import { defineConfig } from 'vitest/config'

import config from './vitest.config.ts'

const { projects: _, ...common } = config.test ?? {}

/** The suites that crash, stop and confuse, in large numbers: at most an hour, one file at a time. */
export default defineConfig({
  ...config,
  test: {
    ...common,
    include: [
      'packages/scheduler-express/test/stream-connects.test.ts',
      'packages/scheduler-typeorm/test/crash/*.test.ts',
      'packages/scheduler-typeorm/test/*-faults.test.ts',
      'packages/scheduler-typeorm/src/migrations/migrations.test.ts',
      'packages/scheduler-testing/test/command-sequences.test.ts',
      'packages/scheduler-testing/test/memory-backend.test.ts',
      'packages/scheduler-typeorm/src/store/conformance.test.ts',
    ],
    env: { SOAK: '1', FAULT_ROUNDS: '100' },
    fileParallelism: false,
    testTimeout: 1_800_000,
  },
})
