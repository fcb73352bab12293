import type { RenamedJob } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { corrupt, json, type Row, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectRenamed } from '../sql/renamed-jobs.ts'
import { plainStatement } from './statement.ts'

export function createReadRenamed(names: Names) {
  const select = plainStatement('readRenamed', selectRenamed(names))
  return async (
    session: EntityManager,
    { scheduler }: { readonly scheduler: string },
  ): Promise<readonly RenamedJob[]> => (await select(session, scheduler)).map(toRenamed)
}

function toRenamed(row: Row): RenamedJob {
  const others: unknown = json(row, 'other_names')
  if (!Array.isArray(others) || !others.every((name) => typeof name === 'string')) throw corrupt('other_names', others)
  return { job: text(row, 'job'), called: text(row, 'called'), others }
}
