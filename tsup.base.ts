import { defineConfig, type Options } from 'tsup'

/** How every published package is built: its entries, by their names, as ES modules and CommonJS, each with its types. */
export function packageBuild(
  options: Required<Pick<Options, 'entry'>> & Pick<Options, 'clean' | 'dts' | 'external' | 'format' | 'shims'>,
) {
  return defineConfig({
    format: ['esm', 'cjs'],
    target: 'node22',
    dts: true,
    sourcemap: true,
    // The maps lead to `src`, which is published too: with its text in both of them everything would come three times.
    esbuildOptions(esbuild) {
      esbuild.sourcesContent = false
    },
    // CommonJS shares its chunks as well, where each entry would hold all of it. Rollup, which shakes the tree, makes them of
    // ES modules; without it another step would rewrite the syntax for older versions of Node.
    splitting: true,
    treeshake: true,
    clean: true,
    ...options,
  })
}
