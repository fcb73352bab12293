import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import { reportEntries } from '../api-report.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const reports = reportEntries(root)

describe('what the packages export', () => {
  it.each(reports)('$entry is the one of api/$file (another is written with --update)', async ({ file, text }) => {
    await expect(text).toMatchFileSnapshot(`${root}/api/${file}`)
  })

  it('is reported for every entry, and for nothing else', () => {
    expect(readdirSync(`${root}/api`).sort()).toEqual(reports.map(({ file }) => file).sort())
  })

  it('is at most 35 values for an application', () => {
    expect(named('@pm/scheduler-core').values.length).toBeLessThanOrEqual(35)
  })

  it('has one home for each name: of the application, of stores and engines, or of views', () => {
    const names = ['', '/store', '/views'].flatMap((entry) => {
      const { values, types } = named(`@pm/scheduler-core${entry}`)
      return [...values, ...types]
    })
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

function named(entry: string) {
  const report = reports.find((one) => one.entry === entry)
  if (!report) throw new Error(`no package has the entry ${entry}`)
  return report
}
