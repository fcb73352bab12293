import type { RunBench } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { openPostgres } from '../lab/postgres.ts'
import type { Table } from '../result.ts'
import type { durableBench } from './bench.ts'
import type { Case } from './case.ts'
import { endToEndCase } from './end-to-end-case.ts'
import { floorCase } from './floor-case.ts'
import { instancesCase } from './instances-case.ts'
import { peersCase } from './peers-case.ts'
import { purgeCase } from './purge-case.ts'

const CASES: Readonly<Record<string, Case>> = {
  floor: floorCase,
  peers: peersCase,
  'end-to-end': endToEndCase,
  instances: instancesCase,
  purge: purgeCase,
}

export const run: RunBench<typeof durableBench.options> = async (input) => {
  const tables: Table[] = []
  let postgresql = ''
  for (const name of input.options.cases) {
    await using postgres = await openPostgres()
    postgresql = postgres.version
    const tell = (progress: string) => input.tell(`${name}: ${progress}`)
    const found = await CASES[name]?.(postgres, { ...input, builds: buildsOf(input.beside), tell })
    tables.push(...(found ?? []))
  }
  return { tables, versions: { postgresql } }
}
