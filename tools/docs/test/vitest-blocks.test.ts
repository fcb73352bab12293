// Blocks that declare tests are run by vitest itself: each of them declares its tests here.
import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'

import { closeAll } from '../fixtures/closing.ts'
import { blocksOf } from '../src/blocks/blocks-of.ts'
import { readFixtureNames } from '../src/blocks/fixture-names.ts'
import { writeModule } from '../src/blocks/modules.ts'
import { readPages } from '../src/blocks/pages.ts'
import { MODULES } from '../src/blocks/places.ts'
import { programsOf } from '../src/blocks/programs-of.ts'

const names = readFixtureNames()
const programs = readPages().flatMap((page) => {
  try {
    return programsOf(blocksOf(page), names).filter(({ notRun, forVitest }) => forVitest && notRun === null)
  } catch {
    return [] // The test beside this one tells what is wrong with the page.
  }
})

describe.each(programs)('the tests at $page:$line', async (program) => {
  await import(/* @vite-ignore */ writeModule(program))
  it('are declared', ({ task }) => expect(task.suite?.tasks.length).toBeGreaterThan(1))
})

afterAll(async () => {
  await closeAll()
  rmSync(MODULES, { recursive: true, force: true })
})
