import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { DECLARED } from '../../../test/declared.ts'
import { instrumentsWith } from '../instruments.ts'
import { JOBS_WITHOUT_SERIES } from '../job-series.ts'
import { grafanaDashboard } from './dashboard.ts'
import { monitoringFiles } from './monitoring-files.ts'

it.each(monitoringFiles(DECLARED))(
  '$name is the one that the table makes (tools/repo/monitoring-files.ts writes it)',
  ({ name, text }) => {
    const committed = readFileSync(
      new URL(`../../../../../docs/operations/prometheus/${name}`, import.meta.url),
      'utf8',
    )
    expect(committed).toBe(text)
  },
)

it('every instrument has a panel of its own, the jobs without series have one, and no panels overlap', () => {
  const { panels } = grafanaDashboard(DECLARED)
  const helps = instrumentsWith(DECLARED).map(({ help }) => help)
  expect(panels.map(({ description }) => description)).toEqual([...helps, JOBS_WITHOUT_SERIES.help])
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length)
  for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0)
})
