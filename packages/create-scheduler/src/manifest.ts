import type { Choices } from './choices.ts'
import { DATABASES, type Database } from './databases.ts'
import { FRAMEWORKS, type Framework } from './frameworks.ts'
import { rangesOf } from './versions.ts'

/** The text of the project's package.json. `ourVersion` is the version that our packages have. */
export function manifestText({ name, framework, database }: Choices, ourVersion: string): string {
  const { dependencies, devDependencies, dev }: Framework = FRAMEWORKS[framework]
  const { dependencies: ofDatabase }: Database = DATABASES[database]
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.14' },
    scripts: {
      dev,
      build: 'tsc -p tsconfig.build.json',
      start: 'node --env-file-if-exists=.env dist/main.js',
      test: 'vitest run',
      typecheck: 'tsc',
    },
    dependencies: rangesOf(
      ['@pm/scheduler-core', '@pm/scheduler-dashboard', ...dependencies, ...ofDatabase],
      ourVersion,
    ),
    devDependencies: rangesOf(
      ['@pm/scheduler-testing', '@types/node', 'typescript', 'vitest', ...devDependencies],
      ourVersion,
    ),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
