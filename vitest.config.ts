import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Without `import`: the workers pass these on to Node, where it would hand ES modules to a package's own require().
  ssr: { resolve: { conditions: ['@pm/source', 'node', 'module'] } },
  resolve: { conditions: ['@pm/source', 'node', 'module'] },
  test: {
    include: ['{packages,examples,tools}/*/{src,test}/**/*.test.ts'],
    globalSetup: ['tools/embedded-postgres/src/vitest/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    typecheck: { enabled: false },
  },
})
