import { join } from 'node:path'

import { defineConfig } from 'vite'

const app = join(import.meta.dirname, 'app')

/**
 * Builds the pages into `dist/app`, with a manifest that the server reads. Their addresses are relative, so that they work
 * under every prefix, and nothing is inlined, so that they work under a strict policy.
 */
export default defineConfig({
  root: app,
  base: './',
  resolve: {
    conditions: ['@pm/source', 'browser', 'module', 'import'],
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat' },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Of what is bundled. It is not served.
    license: { fileName: 'licenses.md' },
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Small files compress badly one by one: one for each page, and one for what they share.
    rolldownOptions: {
      input: join(app, 'main.tsx'),
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'operations', test: /app\/pages\/admin\// },
            { name: 'market-data', test: /app\/pages\/market-data\// },
            { name: 'system', test: /app\/pages\/system\// },
            { name: 'shared', test: /./ },
          ],
        },
      },
    },
  },
})
