import { publishedPackages } from '../../tools/repo/pack-packages.ts'
import type { OurPackage } from '../consumer.ts'

export interface Entry {
  /** What an import names: `@pm/scheduler-core/http`. */
  readonly specifier: string
  readonly package: OurPackage
}

/** Every entry of our published packages that code imports, as the manifests have them. */
export function entriesOf(...packages: readonly OurPackage[]): Entry[] {
  return publishedPackages()
    .filter(({ folder }) => packages.length === 0 || packages.some((one) => one === folder))
    .flatMap(({ folder, manifest }) =>
      Object.keys(manifest.exports ?? {})
        .filter((path) => !path.includes('*') && path !== './package.json')
        .map((path) => ({ specifier: manifest.name + path.slice(1), package: folder as OurPackage })),
    )
}

/** All packages that a program imports. */
export const LIBRARIES = [
  'scheduler-core',
  'scheduler-bullmq',
  'scheduler-dashboard',
  'scheduler-express',
  'scheduler-market-data',
  'scheduler-pg-boss',
  'scheduler-testing',
  'scheduler-typeorm',
] as const satisfies readonly OurPackage[]

/** They load no module of Node, so that browsers have them, and an old Node as well. */
export const IN_BROWSERS = /\/(client|contract\/v\d)$/

/** They can be imported by the tests of a runner only. */
export const NEEDS_A_RUNNER = /\/(jest|vitest|conformance)$/
