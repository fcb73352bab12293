import { defineJob, secretInput, z } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createMortalProcess } from '../../manual/mortal-process.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

const TRANSFER = z.object({
  to: z.string().min(1),
  amount: z.number().positive(),
  currency: z.enum(['EUR', 'USD']).default('EUR'),
  at: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
  pin: secretInput(z.string().min(4)).optional(),
})
type Transfer = z.output<typeof TRANSFER>

const PIN = 'canary-4711'

export function takesInputs<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('gives the handler what its schema makes of the input, and keeps the input as it came', async () => {
    const stage = await openStage(createHarness)
    const { scheduler, seen } = await openTransfers(stage)
    const input = { to: 'ada', amount: 12.5, at: '2025-09-16T02:00:00Z' }
    const { runId } = await scheduler.runJob('transfer', { input })
    await stage.pass(SECOND)
    expect(seen).toEqual([{ to: 'ada', amount: 12.5, currency: 'EUR', at: new Date(T0) }])
    expect((await scheduler.listRuns({ id: runId })).items).toMatchObject([{ state: 'succeeded', input }])
  })

  it.each<readonly [string, unknown, object]>([
    ['nothing', undefined, { path: 'input.to', received: 'nothing', expected: 'text' }],
    ['null', null, { path: 'input.to', received: 'nothing' }],
    [
      'a field that is missing',
      { to: 'ada' },
      { path: 'input.amount', received: 'nothing', expected: 'a finite number' },
    ],
    ['a field of another type', { to: 'ada', amount: '5' }, { path: 'input.amount', received: '"5"' }],
    [
      'a value out of range',
      { to: 'ada', amount: -1 },
      { path: 'input.amount', received: '-1', expected: 'more than 0' },
    ],
    ['a misspelt word', { to: 'ada', amount: 1, currency: 'EURO' }, { path: 'input.currency', suggestion: 'EUR' }],
    [
      'a misspelt field',
      { to: 'ada', amout: 1 },
      { path: 'input', received: 'the unknown field "amout"', suggestion: 'amount' },
    ],
    [
      'a short secret, without saying it',
      { to: 'ada', amount: 1, pin: '123' },
      { path: 'input.pin', received: '"[redacted]"' },
    ],
    ['the mask for a secret', { to: 'ada', amount: 1, pin: '[redacted]' }, { received: 'text with [redacted]' }],
    [
      'a Date',
      { to: 'ada', amount: 1, at: new Date(0) },
      { path: 'input.at', expected: expect.stringContaining('JSON') },
    ],
    ['a number that is none', { to: 'ada', amount: Number.NaN }, { path: 'input.amount', received: 'NaN' }],
    ['a bigint', { to: 'ada', amount: 5n }, { path: 'input.amount', received: '5n' }],
    ['a function', () => {}, { path: 'input', received: 'a function' }],
    ['text with a NUL', { to: 'a\u0000', amount: 1 }, { path: 'input.to', received: 'text' }],
    ['a lone surrogate', { to: '\ud800', amount: 1 }, { path: 'input.to' }],
    [
      '9 KB',
      { to: 'x'.repeat(9_000), amount: 1 },
      { received: expect.stringContaining('bytes'), expected: expect.stringContaining('8192') },
    ],
    ['a cycle', circular(), { expected: expect.stringContaining('32 levels') }],
    ['a getter that throws', hostile(), { received: 'a value that throws when it is read' }],
    ['a prototype', JSON.parse('{"to": "ada", "amount": 1, "__proto__": {"amount": 2}}'), { path: 'input' }],
    ['a list', [1], { path: 'input', expected: 'an object' }],
  ])('refuses %s, and runs nothing', async (_what, input, details) => {
    const stage = await openStage(createHarness)
    const { scheduler, seen } = await openTransfers(stage)
    const refused = scheduler.runJob('transfer', { input })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { job: 'transfer', ...details } })
    await stage.pass(SECOND)
    expect([seen, await stage.ledger(scheduler), (await scheduler.control()).version]).toEqual([[], [], 0])
  })

  it('refuses an input of a job that takes none', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await expect(scheduler.runJob('poll', { input: { symbol: 'AAPL' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'input', received: 'an object', expected: 'no input: this job takes none' },
    })
    await scheduler.runJob('poll', { input: null })
    await stage.pass(SECOND)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ input: null }])
  })

  it('gives the runs of a schedule the defaults of the schema', async () => {
    const stage = await openStage(createHarness)
    const seen: unknown[] = []
    const input = z.object({ depth: z.int().default(3) })
    const scheduler = await stage.open((ctx) => void seen.push(ctx.input), { input })
    await stage.pass(MINUTE)
    await scheduler.runJob('poll', { input: { depth: 9 } })
    await stage.pass(SECOND)
    expect(seen).toEqual([{ depth: 3 }, { depth: 9 }])
    expect(new Set(runs(await stage.ledger(scheduler)).map((run) => run.input))).toEqual(new Set([null, { depth: 9 }]))
  })

  it('has no schedule for a job that needs an input, neither in code nor at run time', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openTransfers(stage)
    expect(() => defineJob({ ...minutely<S>(() => {}), input: TRANSFER })).toThrow(/job\.input.*schedule: null/s)
    const refused = scheduler.configureJob('transfer', { schedule: { kind: 'every', periodMs: MINUTE } })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details: { path: 'job.schedule' } })
    expect((await scheduler.control()).version).toBe(0)
  })

  it('gives each attempt the same input, whatever the attempt before made of it', async () => {
    const stage = await openStage(createHarness)
    const seen: string[] = []
    const scheduler = await stage.open(
      (ctx) => {
        const input = ctx.input as { list: number[] }
        seen.push(input.list.join())
        input.list.push(9)
        if (ctx.attempt < 3) throw new Error('not yet')
      },
      { input: z.object({ list: z.array(z.number()).default([]) }), retry: { maxAttempts: 3, backoffMs: SECOND } },
    )
    await scheduler.runJob('poll', { input: { list: [1, 2] } })
    await stage.pass(10 * SECOND)
    expect(seen).toEqual(['1,2', '1,2', '1,2'])
  })

  it('gives the handler its secrets, and stores, logs and answers none of them', async () => {
    const stage = await openStage(createHarness)
    const log: unknown[] = []
    const keep = (...line: unknown[]) => void log.push(line)
    const logger = { debug: keep, info: keep, warn: keep, error: keep }
    const seen: unknown[] = []
    const { scheduler } = await openTransfers(stage, {
      with: { logger },
      handler: ({ pin }, ctx) => {
        seen.push(pin)
        ctx.logger.info({ pin, note: `with ${pin}` }, `paying with ${pin}`)
        throw new Error(`the bank refused ${pin}`)
      },
    })
    await scheduler.runJob('transfer', { input: { to: 'ada', amount: 1, pin: PIN }, idempotencyKey: 'k' })
    await stage.pass(10 * SECOND)
    expect(seen).toEqual([PIN, PIN])
    const ledger = await stage.ledger(scheduler)
    expect(runs(ledger)).toMatchObject([
      {
        state: 'failed',
        input: { to: 'ada', amount: 1, pin: '[redacted]' },
        error: { message: 'the bank refused [redacted]' },
      },
    ])
    expect(JSON.stringify([ledger, log, await scheduler.listLog()])).not.toContain(PIN)
    expect(log.length).toBeGreaterThan(0)
  })

  it('runs an orphan again with its input, but for one whose secrets went with its process: that fails by name', async () => {
    const stage = await openStage(createHarness)
    const dead = await openTransfers(stage, { handler: () => new Promise(() => {}), onOrphan: 'rerun' })
    await dead.scheduler.runJob('transfer', { input: { to: 'ada', amount: 1 } })
    await dead.scheduler.runJob('transfer', { input: { to: 'bob', amount: 2, pin: PIN } })
    await stage.pass(SECOND)
    dead.die()
    const { scheduler, seen } = await openTransfers(stage, { onOrphan: 'rerun' })
    await stage.pass(MINUTE)
    expect(seen).toEqual([{ to: 'ada', amount: 1, currency: 'EUR' }])
    const reruns = runs(await stage.ledger(scheduler)).filter(({ trigger }) => trigger === 'rerun')
    const outcomes = reruns.map(({ input, state, error }) => [input, state, error?.code ?? null])
    expect(outcomes.sort(([, a], [, b]) => String(a).localeCompare(String(b)))).toEqual([
      [{ to: 'bob', amount: 2, pin: '[redacted]' }, 'failed', 'INPUT_LOST'],
      [{ to: 'ada', amount: 1 }, 'succeeded', null],
    ])
  })

  it('takes a repeat with another input for another request, and one with the same for the same', async () => {
    const stage = await openStage(createHarness)
    const { scheduler, seen } = await openTransfers(stage)
    const ask = (amount: number) => scheduler.runJob('transfer', { input: { to: 'ada', amount }, idempotencyKey: 'k' })
    const first = await ask(1)
    expect(await ask(1)).toEqual({ ...first, replayed: true })
    await expect(ask(2)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    await stage.pass(SECOND)
    expect(seen.length).toBe(1)
  })

  it('erases inputs after their own retention, and keeps the runs', async () => {
    const stage = await openStage(createHarness)
    const before = await openTransfers(stage)
    const input = { to: 'ada', amount: 1 }
    await before.scheduler.runJob('transfer', { input })
    await stage.pass(2 * MINUTE)
    expect(runs(await stage.ledger(before.scheduler))).toMatchObject([{ input }])
    await before.scheduler.runJob('transfer', { input })
    await stage.pass(SECOND)
    await before.scheduler.close({ graceMs: 0 })
    // An instance that opens prunes at once.
    const { scheduler } = await openTransfers(stage, { with: { inputRetentionMs: MINUTE } })
    await stage.pass(SECOND)
    const kept = runs(await stage.ledger(scheduler)).map((run) => [run.state, run.input])
    expect(kept).toEqual([
      ['succeeded', null],
      ['succeeded', input],
    ])
  })

  it.each([59_999, 721 * HOUR, '7d', Number.NaN])('refuses to keep inputs for %s', async (inputRetentionMs) => {
    const stage = await openStage(createHarness)
    const options = { jobs: [minutely<S>(() => {})], inputRetentionMs: inputRetentionMs as number }
    expect(() => stage.instance(options)).toThrow(/scheduler\.inputRetentionMs/)
  })
}

interface Transfers<S extends object> {
  readonly handler?: (
    input: Transfer,
    context: { readonly logger: { info(fields: object, text: string): void } },
  ) => unknown
  readonly onOrphan?: 'rerun'
  readonly with?: Partial<Parameters<Stage<S>['instance']>[0]>
}

/** An instance with the job `transfer`; what its handler saw; and its sudden death. */
async function openTransfers<S extends object>(stage: Stage<S>, options: Transfers<S> = {}) {
  const seen: Transfer[] = []
  const { handler = (input: Transfer) => void seen.push(input), onOrphan = 'fail' } = options
  const transfer = defineJob<S, Transfer>({
    name: 'transfer',
    schedule: null,
    input: TRANSFER,
    overlapPolicy: 'allow',
    retry: { maxAttempts: 2, backoffMs: SECOND },
    onOrphan,
    handler: (ctx) => handler(ctx.input, ctx),
  })
  const { sessions, kill: die } = createMortalProcess<S>(stage.clock, stage.sessions)
  const scheduler = stage.instance({ jobs: [transfer], sessions, leaseMs: 15 * SECOND, ...options.with })
  await scheduler.open()
  await stage.pass(0)
  return { scheduler, seen, die }
}

function circular(): object {
  const value: { self?: object } = {}
  value.self = value
  return value
}

function hostile(): object {
  return {
    get to(): string {
      throw new Error('no')
    },
    amount: 1,
  }
}
