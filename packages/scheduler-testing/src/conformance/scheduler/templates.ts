import { defineJobTemplate, type HostScheduler, secretInput, type TemplateContext, z } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

const params = z.object({ tenant: z.string(), rows: z.number().max(100).optional() })
type Params = z.output<typeof params>

const EVERY_MINUTE = { kind: 'every', periodMs: MINUTE, anchorAt: 0 } as const
const EVERY_TWO = { kind: 'every', periodMs: 2 * MINUTE, anchorAt: 0 } as const

const ACME = { template: 'report', name: 'report:acme', schedule: EVERY_MINUTE, params: { tenant: 'acme' } }
const UMBRA = { template: 'report', name: 'report:umbra', schedule: EVERY_TWO, params: { tenant: 'umbra' } }

function reports<S extends object>(handler: (context: TemplateContext<S, Params>) => unknown = () => {}) {
  return [defineJobTemplate<S, Params>({ name: 'report', params, handler, timeoutMs: 30 * SECOND })]
}

async function open<S extends object>(
  stage: Stage<S>,
  handler?: (context: TemplateContext<S, Params>) => unknown,
): Promise<HostScheduler<S>> {
  const scheduler = stage.instance({ jobs: [], templates: reports<S>(handler) })
  await scheduler.open()
  return scheduler
}

async function dueMinutes<S extends object>(stage: Stage<S>, scheduler: HostScheduler<S>): Promise<string[]> {
  const ledger = await stage.ledger(scheduler)
  return runs(ledger).map(({ job, scheduledFor }) => `${job} ${(Number(scheduledFor) - T0) / MINUTE}`)
}

/** Jobs that are rows of the store, run by a handler in code. */
export function runsTemplates<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs the jobs of a template with their parameters, from when they were made', async () => {
    const stage = await openStage(createHarness)
    const seen: string[] = []
    const scheduler = await open<S>(stage, (ctx) => void seen.push(`${ctx.job} ${ctx.params.tenant}`))
    await stage.pass(MINUTE + SECOND)
    const made = await scheduler.createJobs([ACME, { ...UMBRA, timeoutMs: 5_000, tags: ['gold'] }], { by: 'ada' })
    expect(made).toMatchObject({ changed: true, replayed: false, jobs: ['report:acme', 'report:umbra'] })
    await stage.pass(3 * MINUTE)
    expect(seen.sort()).toEqual([...Array(3).fill('report:acme acme'), ...Array(2).fill('report:umbra umbra')])
    const [acme, umbra] = (await stage.snapshot(scheduler)).jobs
    expect(acme).toMatchObject({ name: 'report:acme', policies: { timeoutMs: 30_000 }, intervalMs: MINUTE })
    expect(umbra).toMatchObject({ name: 'report:umbra', policies: { timeoutMs: 5_000 }, tags: ['gold'] })
    expect(scheduler.templateOf('report:acme')).toEqual({ name: 'report', params: { tenant: 'acme' } })
    const [audit] = await scheduler.audit({ from: T0, to: T0 + 4 * MINUTE, job: 'report:acme' })
    expect(audit).toMatchObject({ expected: 2, started: 2, missed: 0 })
  })

  it('lets every process with the template run them, open or opened later, and leaves them alone without it', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const first = await open<S>(stage, () => void ran.push('first'))
    const beside = stage.instance({ jobs: [], templates: reports<S>(() => void ran.push('beside')), watchMs: SECOND })
    await beside.open()
    const without = stage.instance({ jobs: [], watchMs: SECOND })
    await without.open()
    await first.createJobs([ACME])
    await stage.pass(2 * SECOND)
    expect(beside.templateOf('report:acme')).toEqual({ name: 'report', params: { tenant: 'acme' } })
    expect(without.jobNames).toEqual(['report:acme'])
    await first.close()
    await stage.pass(MINUTE)
    expect(ran).toEqual(['beside'])
    await beside.close()
    // Nobody runs it for a while: it stays defined, since no instance has to have it.
    await stage.pass(30 * SECOND)
    const later = await open<S>(stage, () => void ran.push('later'))
    await stage.pass(MINUTE)
    expect(ran).toEqual(['beside', 'later'])
    const [audit] = await later.audit({ from: T0, to: T0 + HOUR, job: 'report:acme' })
    expect(audit).toMatchObject({ missed: 0, unexplained: [] })
  })

  it('changes a job: the due times of the old schedule are accounted for, those of the new one count from now', async () => {
    const stage = await openStage(createHarness)
    const seen: unknown[] = []
    const scheduler = await open<S>(stage, (ctx) => void seen.push(ctx.params))
    await scheduler.createJobs([{ ...ACME, retry: { maxAttempts: 2 }, description: 'Sends with pwd=hunter2.' }])
    await stage.pass(MINUTE)
    const change = { name: 'report:acme', schedule: EVERY_TWO, params: { tenant: 'acme', rows: 9 }, tags: ['slow'] }
    expect(await scheduler.updateJobs([change])).toMatchObject({ changed: true, jobs: ['report:acme'] })
    await stage.pass(3 * MINUTE)
    expect(await dueMinutes(stage, scheduler)).toEqual(['report:acme 1', 'report:acme 2', 'report:acme 4'])
    expect(seen).toEqual([{ tenant: 'acme' }, { tenant: 'acme', rows: 9 }, { tenant: 'acme', rows: 9 }])
    const [job] = (await stage.snapshot(scheduler)).jobs
    expect(job).toMatchObject({ intervalMs: 2 * MINUTE, description: 'Sends with pwd=[redacted].', tags: ['slow'] })
    expect(job?.policies.retry).toMatchObject({ maxAttempts: 2 })
    expect(await scheduler.updateJobs([change])).toMatchObject({ changed: false, jobs: [] })
    expect(
      await scheduler.updateJobs([{ name: 'report:acme', params: { tenant: 'b' }, schedule: null }]),
    ).toMatchObject({
      changed: true,
    })
    await stage.pass(5 * MINUTE)
    expect(seen).toHaveLength(3)
    await scheduler.runJob('report:acme')
    await stage.pass(0)
    expect(seen.at(-1)).toEqual({ tenant: 'b' })
  })

  it('removes jobs: their history stays, they invent no miss, and a new one of the name counts from now', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await open<S>(stage)
    await scheduler.createJobs([ACME, UMBRA])
    await stage.pass(2 * MINUTE)
    expect(await scheduler.removeJobs(['report:acme'], { by: 'ada', why: 'left' })).toMatchObject({
      jobs: ['report:acme'],
    })
    expect(await scheduler.removeJob('report:umbra')).toEqual({ retired: true })
    expect(scheduler.jobNames).toEqual([])
    await stage.pass(10 * MINUTE)
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ succeeded: 3, missed: 0 })
    await scheduler.createJobs([ACME])
    await stage.pass(MINUTE)
    expect((await dueMinutes(stage, scheduler)).filter((due) => due.includes('acme'))).toEqual([
      'report:acme 1',
      'report:acme 2',
      'report:acme 13',
    ])
    await expect(scheduler.forgetJob('report:acme', { why: 'gone' })).rejects.toMatchObject({ code: 'JOB_IN_USE' })
    await scheduler.removeJobs(['report:acme'])
    await scheduler.forgetJob('report:acme', { why: 'gone' })
    expect(await dueMinutes(stage, scheduler)).toEqual(['report:umbra 2'])
  })

  it('tells the due time of a removed job that waited for a run and will not run', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await open<S>(stage, () => new Promise(() => {}))
    await scheduler.createJobs([{ ...ACME, overlapPolicy: 'buffer-one', timeoutMs: HOUR }])
    const told: object[] = []
    scheduler.on('due-times-not-run', ({ state, scheduledFor }) => void told.push({ state, scheduledFor }))
    await stage.pass(2 * MINUTE + SECOND)
    expect(told).toEqual([])
    await scheduler.removeJobs(['report:acme'])
    expect(told).toEqual([{ state: 'skipped', scheduledFor: T0 + 2 * MINUTE }])
  })

  it('writes each job of a call into the log, does all or nothing, and answers a repeated key alike', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await open<S>(stage)
    const terms = { by: 'ada', why: 'signed', idempotencyKey: 'once' }
    const first = await scheduler.createJobs([ACME, UMBRA], terms)
    // The names are taken by then: the key is looked at first.
    expect(await scheduler.createJobs([ACME, UMBRA], terms)).toMatchObject({ replayed: true, jobs: first.jobs })
    await scheduler.updateJobs([{ name: 'report:acme', priority: 3 }])
    const gone = { idempotencyKey: 'gone' }
    await scheduler.createJobs([{ ...ACME, name: 'short' }])
    await scheduler.removeJobs(['short'], gone)
    expect(await scheduler.removeJobs(['short'], gone)).toMatchObject({ replayed: true, jobs: ['short'] })
    await expect(scheduler.removeJobs(['short'], { idempotencyKey: 'other' })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
    const unsayable = scheduler.updateJobs([{ name: 'short', params: 1n }], { idempotencyKey: 'big' })
    await expect(unsayable).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    const { items } = await scheduler.listLog()
    expect(items.map(({ kind, job, by, why, version }) => [kind, job, by, why, version])).toEqual([
      ['remove-job', 'short', 'host', null, 5],
      ['create-job', 'short', 'host', null, 4],
      ['update-job', 'report:acme', 'host', null, 3],
      ['create-job', 'report:umbra', 'ada', 'signed', 2],
      ['create-job', 'report:acme', 'ada', 'signed', 1],
    ])
    const half = scheduler.createJobs([{ ...ACME, name: 'report:new' }, UMBRA])
    await expect(half).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { path: 'jobs[1].name', received: '"report:umbra"' },
    })
    expect([...scheduler.jobNames].sort()).toEqual(['report:acme', 'report:umbra'])
    expect((await scheduler.listLog()).items).toHaveLength(5)
    await expect(scheduler.createJobs([{ ...ACME, name: 'x' }], { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'CONTROL_CONFLICT',
    })
  })

  it('lists the templates, with how many jobs each has', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await open<S>(stage)
    await scheduler.createJobs([ACME, UMBRA])
    await scheduler.removeJobs([UMBRA.name])
    const about = { description: null, owner: null, tags: [], runbookUrl: null }
    expect(scheduler.templates()).toEqual([
      { name: 'report', ...about, params: expect.objectContaining({ type: 'object' }), jobs: 1 },
    ])
    const without = stage.instance({ jobs: [] })
    await without.open()
    expect(without.templates()).toEqual([{ name: 'report', ...about, params: null, jobs: 1 }])
    await expect(without.createJobs([ACME])).rejects.toMatchObject({
      details: { path: 'jobs[0].template', expected: 'no template: this process has none' },
    })
    await expect(without.removeJobs([ACME.name])).rejects.toMatchObject({ details: { path: 'jobs[0]' } })
  })

  it('refuses what is wrong with its place in the list, and changes nothing', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await open<S>(stage)
    await scheduler.createJobs([ACME])
    const wrong: readonly [object, object][] = [
      [{ template: 'reprt' }, { path: 'jobs[0].template', received: '"reprt"', suggestion: 'report' }],
      [{ name: 'No Name' }, { path: 'jobs[0].name', received: '"No Name"' }],
      [{ schedule: { kind: 'every', periodMs: 5 } }, { path: 'jobs[0].schedule.periodMs', received: '5' }],
      [{ timeoutMs: 0 }, { path: 'jobs[0].timeoutMs', received: '0' }],
      [{ timeoutMS: 5 }, { path: 'jobs[0].timeoutMS', suggestion: 'timeoutMs' }],
      [{ retry: { maxAttempts: 0 } }, { path: 'jobs[0].retry.maxAttempts' }],
      [{ handler: () => {} }, { path: 'jobs[0].handler' }],
      [{ params: { tenant: 7 } }, { path: 'jobs[0].params.tenant', received: '7', job: 'x' }],
      [{ params: { tenent: 'a' } }, { path: 'jobs[0].params', suggestion: 'tenant' }],
      [{ params: undefined }, { path: 'jobs[0].params.tenant', received: 'nothing' }],
      [{ params: { tenant: 'x'.repeat(9_000) } }, { path: 'jobs[0].params', expected: 'at most 8192 bytes of JSON' }],
      [{ params: { tenant: () => {} } }, { path: 'jobs[0].params.tenant' }],
    ]
    for (const [part, details] of wrong) {
      await expect(scheduler.createJobs([{ ...ACME, name: 'x', ...part }])).rejects.toMatchObject({ details })
    }
    const many = Array.from({ length: 101 }, (_, index) => ({ ...ACME, name: `x${index}` }))
    await expect(scheduler.createJobs(many)).rejects.toMatchObject({ details: { path: 'jobs', received: '101 jobs' } })
    await expect(scheduler.createJobs([])).rejects.toMatchObject({ details: { path: 'jobs', received: '0 jobs' } })
    await expect(scheduler.removeJobs(['a', 'a'])).rejects.toMatchObject({ details: { path: 'jobs[1]' } })
    await expect(scheduler.updateJobs([{ name: 'nobody' }])).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(scheduler.removeJobs(['nobody'])).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(scheduler.updateJobs([{ name: 'report:acme', params: { rows: 101 } }])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'jobs[0].params.tenant' },
    })
    expect(scheduler.jobNames).toEqual(['report:acme'])
    expect((await scheduler.listLog()).items).toHaveLength(1)
    const observer = await stage.observe()
    await expect(observer.createJobs([ACME])).rejects.toMatchObject({ code: 'WORKER_NEEDED' })
    await scheduler.close()
    await expect(scheduler.createJobs([ACME])).rejects.toMatchObject({ code: 'SCHEDULER_NOT_OPEN' })
  })

  it('keeps jobs in code and jobs of templates apart by their names', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const templates = reports<S>(() => void ran.push('template'))
    const scheduler = stage.instance({ jobs: [minutely<S>(() => {})], templates })
    await scheduler.open()
    await expect(scheduler.createJobs([{ ...ACME, name: 'poll' }])).rejects.toMatchObject({
      details: { path: 'jobs[0].name', received: '"poll"' },
    })
    await expect(scheduler.removeJobs(['poll'])).rejects.toMatchObject({ details: { path: 'jobs[0]' } })
    expect(scheduler.templateOf('poll')).toBeNull()
    await scheduler.createJobs([ACME])
    const inCode = minutely<S>(() => void ran.push('code'), { name: 'report:acme' })
    await expect(scheduler.addJob(inCode)).rejects.toMatchObject({ details: { path: 'job.name' } })
    // A release that has a job of that name in its code: the one that was made stays until it is removed.
    const release = stage.instance({ jobs: [inCode], templates, deployment: 'next' })
    await release.open()
    await stage.pass(MINUTE)
    expect(ran).toEqual(['template'])
  })

  it('fails the run of a job whose parameters the template of a later release does not accept', async () => {
    const stage = await openStage(createHarness)
    const before = await open<S>(stage)
    await before.createJobs([ACME])
    await before.close()
    const strict = defineJobTemplate<S, unknown>({
      name: 'report',
      params: z.object({ region: z.string() }),
      handler: () => {},
    })
    const after = stage.instance({ jobs: [], templates: [strict] })
    await after.open()
    await stage.pass(MINUTE)
    const [run] = runs(await stage.ledger(after))
    expect(run).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } })
    expect(run?.error?.message).toContain('params.region')
  })

  it('refuses parameters that hold a secret, and schemas that say they do', async () => {
    const stage = await openStage(createHarness)
    const templates = reports<S>()
    const scheduler = stage.instance({ jobs: [], templates, secrets: ['hunter2hunter2'] })
    await scheduler.open()
    const refused = scheduler.createJobs([{ ...ACME, params: { tenant: 'hunter2hunter2' } }])
    const error = await refused.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 'jobs[0].params', received: 'a secret' } })
    expect(String(error)).not.toContain('hunter2')
    expect(scheduler.jobNames).toEqual([])
    const holding = z.object({ tenant: secretInput(z.string()) })
    const define = () => defineJobTemplate({ name: 'report', params: holding, handler: () => {} })
    expect(define).toThrow('a schema without secretInput')
  })
}
