// `vite-build.mjs PAGE` bundles one page as a host's build would, into `vite/PAGE.js`.
import { build } from 'vite'

const [page] = process.argv.slice(2)
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: 'vite',
    emptyOutDir: false,
    minify: true,
    rolldownOptions: { input: `${page}.js`, output: { entryFileNames: `${page}.js` } },
  },
})
