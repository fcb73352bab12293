import { defineConfig } from 'vitest/config'

/** One thread: Bun has no forked workers that vitest can use. */
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
