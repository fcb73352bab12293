import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@pm/source', 'node', 'import', 'module', 'default'] } },
  resolve: { conditions: ['@pm/source', 'node', 'import', 'module', 'default'] },
  test: {
    include: ['{packages,examples,tools}/*/{src,test}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    typecheck: { enabled: false },
  },
})
