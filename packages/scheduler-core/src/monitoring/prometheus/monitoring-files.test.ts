import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { INSTRUMENTS } from '../instruments.ts'
import { schedulerDashboard } from './dashboard.ts'
import { monitoringFiles } from './monitoring-files.ts'

it.each(monitoringFiles())(
  '$name is the one that the table makes (tools/repo/monitoring-files.ts writes it)',
  ({ name, text }) => {
    const committed = readFileSync(
      new URL(`../../../../../docs/operations/prometheus/${name}`, import.meta.url),
      'utf8',
    )
    expect(committed).toBe(text)
  },
)

it('every instrument has a panel of its own, and no two panels lie on one place', () => {
  const { panels } = schedulerDashboard()
  expect(panels.map(({ description }) => description)).toEqual(INSTRUMENTS.map(({ help }) => help))
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length)
  for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0)
})
