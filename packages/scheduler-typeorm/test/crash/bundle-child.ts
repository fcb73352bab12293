import { fileURLToPath } from 'node:url'

import { bundleChild } from '@pm/testlab/bundle'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of `child.ts` with all that it imports in one file. */
    crashChild: string
  }
}

/** Bundles the child once for all suites. */
export default async function setup(project: TestProject): Promise<() => void> {
  const child = await bundleChild(fileURLToPath(new URL('./child.ts', import.meta.url)))
  project.provide('crashChild', child.file)
  return child.remove
}
