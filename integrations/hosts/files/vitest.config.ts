import { defineConfig } from 'vitest/config'

/** Vitest has no forked workers under Bun, and no threads under Deno that end in good order. */
const pool = 'Bun' in globalThis ? 'threads' : 'forks'

export default defineConfig({
  test: { include: ['*.test.ts'], pool, maxWorkers: 1, testTimeout: 30_000, expect: { poll: { timeout: 20_000 } } },
})
