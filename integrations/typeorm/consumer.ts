/** Hosts on a real PostgreSQL through each version of TypeORM: the migrations, a run, and a restart that finds it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { typeCheck } from '../checks/type-check.ts'
import type { Check, Consumer } from '../consumer.ts'
import { asCommonJs } from '../shared/first-test.ts'
import { beside, TYPEORM } from '../versions.ts'

const template = join(import.meta.dirname, 'files')
const LIVES = 2

export const consumers: readonly Consumer[] = TYPEORM.map((typeorm) => ({
  name: `typeorm-${typeorm}`,
  ours: ['scheduler-core', 'scheduler-typeorm'],
  installs: { typeorm, ...beside('@types/node', 'pg', 'reflect-metadata', 'typescript') },
  template,
  files: { 'life.cjs': asCommonJs(readFileSync(join(template, 'life.mjs'), 'utf8')) },
  checks: [
    lives('migrates, runs and finds it after a restart, ESM', 'life.mjs'),
    lives('migrates, runs and finds it after a restart, CommonJS', 'life.cjs'),
    typeCheck({ name: 'types', files: ['host.ts'], compilerOptions: { module: 'nodenext' } }),
  ],
}))

/** Each life is a process of its own on the same database. */
function lives(name: string, file: string): Check {
  return {
    name,
    async run({ exec, createDatabase }) {
      const env = { DATABASE_URL: await createDatabase() }
      for (let life = 1; life <= LIVES; life += 1) await exec('runtime', [file, String(life)], { env })
      return undefined
    },
  }
}
