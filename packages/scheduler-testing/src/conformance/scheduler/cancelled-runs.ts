import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

const NEVER = new Promise<void>(() => {})
const AT_LEAST_ONCE = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const

/** A run that somebody has cancelled is over, also where no process works on it or has its job. */
export function endsWhatIsCancelled<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('cancels what is open of a job that left the code, after a close and after a crash, so that it can be forgotten', async () => {
    const stage = await openStage(createHarness)
    const job = minutely<S>(() => NEVER, AT_LEAST_ONCE)
    const other = { ...minutely<S>(() => {}), name: 'other' }
    const first = stage.instance({ jobs: [job, other] })
    await first.open()
    await stage.pass(MINUTE)
    await stage.end(first)
    const dying = stage.mortal([{ ...job, name: 'crashed' }, other])
    await dying.open()
    await stage.pass(MINUTE)
    dying.kill()
    const scheduler = await stage.begin([other])
    await stage.pass(2 * MINUTE)
    const open = runs(await stage.ledger(scheduler)).filter(({ state }) => state === 'running')
    expect(open.map(({ job }) => job).sort()).toEqual(['crashed', 'poll'])
    for (const { id, job } of open) {
      await expect(scheduler.forgetJob(job, { why: 'it is gone' })).rejects.toMatchObject({
        code: 'JOB_ALREADY_RUNNING',
      })
      await scheduler.cancelRun(id)
    }
    await stage.pass(10 * SECOND)
    const ended = runs(await stage.ledger(scheduler)).filter(({ id }) => open.some((run) => run.id === id))
    expect(ended.map(({ job, state }) => [job, state]).sort()).toEqual([
      ['crashed', 'orphaned'],
      ['poll', 'cancelled'],
    ])
    await expect(scheduler.forgetJob('poll', { why: '  ' })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    for (const { job } of open) await scheduler.forgetJob(job, { why: 'it is gone' })
  })

  it('does not run an orphan again that somebody has cancelled', async () => {
    const stage = await openStage(createHarness)
    const job = minutely<S>(({ attempt }) => (attempt === 1 ? NEVER : undefined), AT_LEAST_ONCE)
    await stage.standStill(job)
    const survivor = stage.instance({ jobs: [job] })
    await survivor.open()
    const [run] = runs(await stage.ledger(survivor))
    if (!run) throw new Error('There is no run.')
    await survivor.cancelRun(run.id)
    await stage.pass(50 * SECOND)
    const ofTheMinute = runs(await stage.ledger(survivor)).filter(({ scheduledFor }) => scheduledFor === T0 + MINUTE)
    expect(ofTheMinute).toMatchObject([{ id: run.id, state: 'orphaned' }])
  })
}
