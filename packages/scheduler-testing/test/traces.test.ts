import { playTrace, TRACES, toTraceRows } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

describe('The scripted traces', () => {
  it.each(TRACES)('$name: $story', async (trace) => {
    const manual = await playTrace(trace)
    expect(toTraceRows(await manual.ledger(), manual.startedAt)).toEqual(trace.rows)
  })
})
