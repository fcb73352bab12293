/** Programs in TypeScript, from the oldest compiler to the newest, by each way in which it finds modules. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type TypeCheckOptions, typeCheck } from '../checks/type-check.ts'
import type { Consumer } from '../consumer.ts'
import { entriesOf, LIBRARIES } from '../shared/entries.ts'
import { beside, NODE_TYPES, TYPESCRIPT } from '../versions.ts'

const HOST = join(import.meta.dirname, 'files/host.ts')

/** What each version of TypeScript knows of ways to find modules. */
const NODE10_ENDS = 7
const NODE10_IS_DEPRECATED = 6

export const consumers: readonly Consumer[] = TYPESCRIPT.map((typescript) => ({
  name: `typescript-${typescript}`,
  ours: LIBRARIES,
  installs: {
    ...beside('@types/express', 'bullmq', 'express', 'ioredis', 'pg', 'pg-boss', 'typeorm', 'vitest'),
    ...beside('@opentelemetry/api', 'expect'),
    '@types/node': NODE_TYPES[typescript],
    typescript,
  },
  template: join(import.meta.dirname, 'files'),
  files: { ...inAllFormats('host', readFileSync(HOST, 'utf8')), ...inAllFormats('every-entry', everyEntry()) },
  isShort: typescript === '5.4.5' || typescript === '6.0.3',
  checks: waysOf(Number(typescript.split('.')[0])).map(typeCheck),
}))

/** A program as an ES module, as CommonJS, and as its manifest says. */
function inAllFormats(name: string, content: string): Record<string, string> {
  return { [`${name}.mts`]: content, [`${name}.cts`]: content, [`${name}.ts`]: content }
}

/** Names every entry, so that the compiler reads all declarations. */
function everyEntry(): string {
  const lines = entriesOf(...LIBRARIES).map(({ specifier }, index) => `export * as entry${index} from '${specifier}'`)
  return `${lines.join('\n')}\n`
}

function waysOf(major: number): TypeCheckOptions[] {
  const both = ['host', 'every-entry']
  const as = (extension: string) => both.map((name) => `${name}.${extension}`)
  const exact = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }
  return [
    { name: 'nodenext, ESM', files: as('mts'), compilerOptions: { module: 'nodenext', ...exact } },
    { name: 'nodenext, CommonJS', files: as('cts'), compilerOptions: { module: 'nodenext' } },
    { name: 'node16, ESM', files: as('mts'), compilerOptions: { module: 'node16' } },
    { name: 'node16, CommonJS', files: as('cts'), compilerOptions: { module: 'node16' } },
    { name: 'bundler', files: as('ts'), compilerOptions: { module: 'esnext', moduleResolution: 'bundler' } },
    {
      name: 'a page, by bundler',
      files: ['page.ts'],
      compilerOptions: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] },
    },
    ...(major < NODE10_ENDS ? [legacy(as('ts'), major)] : []),
  ]
}

/** `node10`, as TypeScript calls it since 5.0: it reads `types` and `typesVersions` of a manifest, and no `exports`. */
function legacy(files: string[], major: number): TypeCheckOptions {
  const silenced = major >= NODE10_IS_DEPRECATED ? { ignoreDeprecations: '6.0' } : {}
  const compilerOptions = { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true, ...silenced }
  return { name: 'node10', files, compilerOptions }
}
