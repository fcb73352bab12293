import { join } from 'node:path'

import { it } from 'vitest'

import { runExample } from '../../node-http/test/run-example.ts'

it('serves the status, refuses strangers, streams events, and ends in good order', () =>
  runExample(join(import.meta.dirname, '../src/main.ts')))
