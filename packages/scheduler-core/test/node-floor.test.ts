import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { problemOf } from '../src/node-floor.ts'

describe('a Node', () => {
  it.each(['22.14.0', '22.21.1', '23.0.0', '24.21.0', '26.0.0-nightly20260101'])('%s is new enough', (version) => {
    expect(problemOf(version)).toBeNull()
  })

  it.each(['18.20.8', '20.20.2', '22.12.0', '22.13.1'])('%s is refused in one sentence', (version) => {
    expect(problemOf(version)).toBe(`@pm/scheduler-core needs Node 22.14 or later, and this is Node ${version}.`)
  })

  it('accepts a host that is no Node, such as a browser', () => {
    expect(problemOf(undefined)).toBeNull()
  })
})

describe('an import on an old Node', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it.each(['.', './http', './opentelemetry', './prometheus'])(
    'of the entry %s names the Node that is needed',
    async (entry) => {
      vi.resetModules()
      vi.stubGlobal('process', { ...process, versions: { ...process.versions, node: '20.19.5' } })
      await expect(import(`@pm/scheduler-core${entry.slice(1)}`)).rejects.toThrow('needs Node 22.14 or later')
    },
  )
})

it('the floor equals the one in the manifest', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest.engines.node).toBe('>=22.14')
})
