import { defineConfig } from 'vitest/config'

/** Vitest has no forked workers under Bun and Deno that end in good order. Next needs a process, and no thread of one. */
const pool = 'Bun' in globalThis || 'Deno' in globalThis ? 'threads' : 'forks'

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    pool,
    maxWorkers: 1,
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    // What Deno's threads lack, when vitest takes one down after its tests.
    onUnhandledError: ({ message }) => !message.includes('parentPort.removeAllListeners'),
  },
})
