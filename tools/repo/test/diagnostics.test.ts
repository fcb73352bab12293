import { expect, it } from 'vitest'

import { sortDiagnostics } from '../../../integrations/machinery/diagnostics.ts'

it('sorts what tsc prints by whose files it is about', () => {
  const output = `node_modules/typeorm/driver/Driver.d.ts(3,1): error TS2307: Cannot find module 'mongodb'.
  It is not installed.
node_modules/@pm/scheduler-core/dist/index.d.ts(7,2): error TS1005: ',' expected.
host.ts(1,9): error TS2305: No such export.
  A longer explanation.
node_modules/@pm/scheduler-core/node_modules/@types/node/fs.d.ts(1,1): error TS2300: Duplicate identifier.
node_modules/typeorm/index.d.ts(3,1): error TS2307: Cannot find module 'mysql'.
error TS5107: Option 'moduleResolution=node10' is deprecated.
`
  const { ours, others } = sortDiagnostics(output)
  expect(ours).toEqual([
    "node_modules/@pm/scheduler-core/dist/index.d.ts(7,2): error TS1005: ',' expected.",
    'host.ts(1,9): error TS2305: No such export.',
    '  A longer explanation.',
    "error TS5107: Option 'moduleResolution=node10' is deprecated.",
  ])
  expect([...others]).toEqual([
    ['typeorm', 2],
    ['@types/node', 1],
  ])
})

it('has nothing to say of a compiler that is silent', () => {
  expect(sortDiagnostics('')).toEqual({ ours: [], others: new Map() })
})
