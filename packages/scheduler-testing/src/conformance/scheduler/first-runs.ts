import type { Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { withSwitch } from './failing-store.ts'
import { A_WHILE, onDemand } from './on-demand.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

export function runsAtFirst<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs a job without a schedule when it is asked to, and at no other time', async () => {
    const stage = await openStage(createHarness)
    let count = 0
    const scheduler = stage.instance({ jobs: [onDemand<S>(() => void count++)] })
    await scheduler.open()
    await stage.pass(10 * MINUTE)
    expect(count).toBe(0)
    const { runId } = await scheduler.runJob('send')
    await stage.pass(SECOND)
    expect(count).toBe(1)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ id: runId, trigger: 'manual', state: 'succeeded' }])
  })

  it('expects nothing of it: no next run, nothing overdue, nothing to account for', async () => {
    const stage = await openStage(createHarness)
    const scheduler = stage.instance({ jobs: [onDemand<S>(() => {})] })
    await scheduler.open()
    await stage.pass(A_WHILE)
    const { jobs, scheduler: whole } = await stage.snapshot(scheduler)
    expect(jobs).toMatchObject([{ schedule: { kind: 'on-demand' }, nextRunAt: null, intervalMs: null, conditions: [] }])
    expect(whole.nextRunAt).toBeNull()
    expect(await scheduler.audit({ from: T0, to: T0 + A_WHILE })).toMatchObject([{ expected: 0, unexplained: [] }])
    expect(await scheduler.preview('send', 5)).toEqual([])
    expect(await scheduler.upcoming(5)).toEqual([])
    expect(await scheduler.explain('send', T0 + MINUTE)).toMatchObject({ kind: 'not-due' })
    const range = { from: T0, to: T0 + MINUTE }
    expect(await scheduler.previewBackfill('send', range)).toMatchObject({ dueTimes: [], queued: 0 })
  })

  it('takes a schedule that an operator sets, and the lack of one again', async () => {
    const stage = await openStage(createHarness)
    let count = 0
    const scheduler = stage.instance({ jobs: [onDemand<S>(() => void count++)] })
    await scheduler.open()
    await scheduler.configureJob('send', { schedule: { kind: 'every', periodMs: MINUTE } })
    await stage.pass(2 * MINUTE)
    expect(count).toBe(2)
    await scheduler.configureJob('send', { schedule: null })
    await stage.pass(2 * MINUTE)
    expect(count).toBe(2)
    expect((await stage.snapshot(scheduler)).jobs).toMatchObject([{ nextRunAt: null }])
  })

  it('runs a job at once when it is registered for the first time, once over all instances and restarts', async () => {
    const stage = await openStage(createHarness)
    let [count, late] = [0, 0]
    const jobs = [minutely<S>(() => void count++, { runOnFirstOpen: true })]
    const instances = [stage.instance({ jobs }), stage.instance({ jobs }), stage.instance({ jobs })]
    await Promise.all(instances.map((each) => each.open()))
    await stage.pass(SECOND)
    expect(count).toBe(1)
    for (const each of instances) await each.close({ graceMs: 0 })
    const again = stage.instance({ jobs: [...jobs, onDemand<S>(() => void late++, { runOnFirstOpen: true })] })
    await again.open()
    await stage.pass(SECOND)
    expect([count, late]).toEqual([1, 1])
    expect(runs(await stage.ledger(again)).map(({ job, trigger, state }) => `${job} ${trigger} ${state}`)).toEqual([
      'poll manual succeeded',
      'send manual succeeded',
    ])
    expect((await again.listLog()).items).toMatchObject([
      { kind: 'run-job', job: 'send', by: 'host', why: 'the first opening (runOnFirstOpen)' },
      { kind: 'run-job', job: 'poll', by: 'host' },
    ])
  })

  it('runs a job that is new again, since it was forgotten while its instance was taken for dead', async () => {
    const stage = await openStage(createHarness)
    const { sessions, switchOff, switchOn } = withSwitch(stage.sessions)
    const timing = { leaseMs: 3 * SECOND, watchMs: SECOND }
    let count = 0
    const cutOff = stage.instance({
      jobs: [onDemand<S>(() => void count++, { runOnFirstOpen: true })],
      sessions,
      ...timing,
    })
    await cutOff.open()
    const beside = stage.instance({ jobs: [minutely<S>(() => {})], ...timing })
    await beside.open()
    await stage.pass(SECOND)
    expect(count).toBe(1)
    switchOff()
    await stage.pass(10 * SECOND)
    await beside.forgetJob('send', { why: 'nobody has it' })
    switchOn()
    await stage.pass(10 * SECOND)
    expect(count).toBe(2)
    expect((await beside.listRuns({ job: 'send' })).items).toMatchObject([{ trigger: 'manual', state: 'succeeded' }])
  })

  it.for([
    ['paused', (scheduler) => scheduler.pause(), (scheduler) => scheduler.resume(), '1 suppressed'],
    ['stopped', (scheduler) => scheduler.stop(), (scheduler) => scheduler.start(), '1 missed'],
  ] as const satisfies readonly [string, Command, Command, string][])(
    'runs no new job while the scheduler is %s',
    async ([, end, begin, fate]) => {
      const stage = await openStage(createHarness)
      const first = await stage.open(() => {})
      await end(first)
      let count = 0
      const late = onDemand<S>(() => void count++, { runOnFirstOpen: true })
      const second = stage.instance({ jobs: [minutely<S>(() => {}), late] })
      await second.open()
      await stage.pass(MINUTE)
      await begin(second)
      await stage.pass(MINUTE)
      expect(count).toBe(0)
      expect(fates(await stage.ledger(second))).toEqual([fate, '2 succeeded'])
    },
  )
}

type Command = (scheduler: Scheduler) => Promise<unknown>
