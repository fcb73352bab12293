/** Which versions a new project asks for. A test holds those that this repository uses itself to its catalog. */
export const VERSIONS = {
  '@hono/node-server': '^2.1.9',
  '@nestjs/common': '^11.2.10',
  '@nestjs/core': '^11.2.10',
  '@nestjs/platform-express': '^11.2.10',
  '@types/express': '^5.0.6',
  '@types/node': '^24.19.2',
  concurrently: '^9.2.1',
  express: '^5.3.0',
  fastify: '^5.12.8',
  hono: '^4.13.19',
  pg: '^8.23.1',
  'reflect-metadata': '^0.2.2',
  rxjs: '^7.8.2',
  typeorm: '^1.1.1',
  typescript: '6.0.3',
  vitest: '^5.1.1',
} as const

/** A package of others that a new project may need. */
export type Foreign = keyof typeof VERSIONS

/** A package of ours: all have one version. */
export type Ours = `@pm/scheduler-${'core' | 'dashboard' | 'express' | 'testing' | 'typeorm'}`

export type Dependency = Foreign | Ours

/** The dependencies as a manifest has them: sorted, each with its range. `ourVersion` is that of this package. */
export function rangesOf(names: readonly Dependency[], ourVersion: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, rangeOf(name, ourVersion)]))
}

function rangeOf(name: Dependency, ourVersion: string): string {
  return name in VERSIONS ? VERSIONS[name as Foreign] : `^${ourVersion}`
}
