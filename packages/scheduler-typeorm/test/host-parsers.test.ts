import type { Command } from '@pm/scheduler-core'
import pg from 'pg'
import { DataSource } from 'typeorm'
import { expect, it } from 'vitest'

import { createTypeormSessions, createTypeormStore } from '../src/index.ts'
import { createTestBed, dataSourceOptions, openStore } from './test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const scheduler = 'test'
const { builtins } = pg.types

/** Hosts replace these for their own tables, and for the whole process. */
const OVERRIDES: readonly (readonly [string, Readonly<Record<number, (text: string) => unknown>>])[] = [
  ['json and jsonb as text', { [builtins.JSON]: String, [builtins.JSONB]: String }],
  ['bool as text', { [builtins.BOOL]: String }],
  ['int4 as BigInt', { [builtins.INT2]: BigInt, [builtins.INT4]: BigInt }],
  ['int8 as a number', { [builtins.INT8]: Number }],
  ['int8 as BigInt', { [builtins.INT8]: BigInt }],
  ['numeric and float8 as text', { [builtins.NUMERIC]: String, [builtins.FLOAT8]: String, [builtins.FLOAT4]: String }],
]

it.each(OVERRIDES)('reads the same with %s', async (_, parsers) => {
  const { schema } = await openStore(dataSource)
  const plain = storeOn(dataSource, schema)
  await plain.register()
  await plain.command({ kind: 'pause', by: 'ada', why: 'maintenance', until: 60_000 })
  await plain.command({ kind: 'pause-job', by: 'ada', why: null, job: 'poll', until: null })
  await plain.command({ kind: 'configure', by: 'ada', why: null, patch: { concurrency: 3 } })
  const host = await new DataSource({
    ...dataSourceOptions(bed.url, 2),
    extra: { max: 2, types: { getTypeParser: (oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid) } },
  }).initialize()
  try {
    const overridden = storeOn(host, schema)
    expect(await overridden.read()).toEqual(await plain.read())
    // What was read is written back by a command that changes something else.
    const { pausedJobs, config } = await overridden.command({ kind: 'resume', by: 'ada', why: null })
    expect(Object.keys(pausedJobs)).toEqual(['poll'])
    expect(config).toMatchObject({ concurrency: 3 })
    expect(await overridden.read()).toEqual(await plain.read())
  } finally {
    await host.destroy()
  }
})

function storeOn(on: DataSource, schema: string) {
  const store = createTypeormStore({ schema })
  const sessions = createTypeormSessions(on)
  return {
    register: () =>
      sessions.withSession((session) =>
        store.register(session, { scheduler, now: 0, jobs: [{ job: 'poll', cursor: 0 }] }),
      ),
    command: (command: Command) =>
      sessions.withSession((session) => store.applyCommand(session, { scheduler, command, now: 1_000 })),
    read: () =>
      sessions.withSession(
        async (session) => ({
          control: await store.readControl(session, { scheduler }),
          log: await store.listLog(session, { scheduler, limit: 10 }),
          entries: await store.listEntries(session, { scheduler, limit: 10 }),
          measures: await store.readMeasures(session, { scheduler, asOf: 120_000, windowsMs: { minute: 60_000 } }),
        }),
        { readOnly: true },
      ),
  }
}
