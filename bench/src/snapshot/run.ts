import type { RunBench } from '../bench.ts'
import type { snapshotBench } from './bench.ts'
import { measureInMemory } from './in-memory.ts'
import { measureOnPostgres } from './on-postgres.ts'

export const run: RunBench<typeof snapshotBench.options> = async (input) => {
  const memory = await measureInMemory(input)
  const postgres = await measureOnPostgres(input)
  return { tables: [...postgres.tables, ...memory.tables], versions: postgres.versions ?? {} }
}
