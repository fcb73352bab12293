import { every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { type Line, recordingLogger } from './recording-logger.ts'
import { HOUR, MINUTE, openStage, runs } from './stage.ts'

const SCHEDULER = 'market_data_scheduler'

/** What a line of the log tells: of which scheduler, job and run it speaks, and who wanted it and why. */
export function logsWhoAndWhy<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('names the scheduler in every line, and the job and the run in every line of a handler', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const scheduler = await stage.open(
      (context) => {
        context.logger.info({ symbol: 'AAPL', job: 'pretended' }, 'asked')
        context.logger.warn(new Error('late'), 'given an error')
        throw new Error('no quote')
      },
      { with: { logger } },
    )
    await stage.pass(MINUTE)
    await scheduler.pause({ by: 'ada', why: 'deploy' })
    const [run] = runs(await stage.ledger(scheduler))

    expect(lines.map(({ fields }) => fields['scheduler'])).toEqual(lines.map(() => SCHEDULER))
    const ofRun = { job: 'poll', runId: run?.id }
    expect(saying(lines, 'asked')).toMatchObject([{ ...ofRun, symbol: 'AAPL', attempt: 1 }])
    expect(saying(lines, 'given an error')).toMatchObject([{ ...ofRun, err: { message: 'late' } }])
    expect(saying(lines, 'Run settled')).toMatchObject([{ ...ofRun, outcome: 'failed', trigger: 'schedule' }])
  })

  it('tells who commanded what and why, once it is committed, and nothing of a command that was refused', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const scheduler = await stage.open(() => {}, { with: { logger, secrets: ['hunter2'] } })
    await scheduler.pauseJob('poll', { by: 'ada', why: 'the key hunter2 leaked', idempotencyKey: 'once' })
    await scheduler.pauseJob('poll', { by: 'ada', why: 'the key hunter2 leaked', idempotencyKey: 'once' })
    await expect(scheduler.pause({ by: 'eve', expectedVersion: 99 })).rejects.toMatchObject({
      code: 'CONTROL_CONFLICT',
    })
    await scheduler.resumeJob('poll', { by: 'bob' })
    const { runId } = await scheduler.runJob('poll', { by: 'bob', why: 'by hand' })
    await stage.pass(0)

    const told = saying(lines, 'A command was carried out')
    expect(told).toMatchObject([
      { command: 'pause-job', job: 'poll', by: 'ada', why: 'the key [redacted] leaked' },
      { command: 'resume-job', job: 'poll', by: 'bob', why: null },
      { command: 'run-job', job: 'poll', runId, by: 'bob', why: 'by hand' },
    ])
  })

  it('tells a command to many jobs in one line, with their number', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const jobs = Array.from({ length: 30 }, (_, at) => ({
      name: `poll-${at}`,
      schedule: every({ days: 1 }),
      handler: () => {},
    }))
    const scheduler = stage.instance({ jobs, logger })
    await scheduler.open()
    await stage.pass(0)
    await scheduler.pauseJobs({ search: 'poll' }, { by: 'ada', why: 'freeze' })
    const told = saying(lines, 'A command was carried out')
    expect(told).toMatchObject([{ command: 'pause-job', count: 30, by: 'ada', why: 'freeze' }])
    expect(told[0]?.['jobs']).toHaveLength(20)
  })

  it('tells on another instance who is behind a change of the state', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const here = await stage.open(() => {})
    await stage.open(() => {}, { with: { logger } })
    await here.pause({ by: 'ada', why: 'deploy' })
    await stage.pass(MINUTE)
    expect(saying(lines, 'The scheduler changed its state')).toMatchObject([
      { from: 'stopped', to: 'running' },
      { from: 'running', to: 'paused', by: 'ada', why: 'deploy' },
    ])
  })

  it('tells who is behind a stop and a start, and nobody behind a close, an opening and a pause that ends by itself', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const here = await stage.open(() => {})
    const there = await stage.open(() => {}, { with: { logger } })
    await here.stop({ by: 'ada', why: 'deploy' })
    await stage.pass(MINUTE)
    await here.start({ by: 'bob' })
    await stage.pass(MINUTE)
    await here.pause({ by: 'eve', why: 'lunch', until: stage.clock.now() + MINUTE })
    await stage.pass(2 * MINUTE)
    await here.pause({ by: 'eve', why: 'siesta' })
    await stage.pass(MINUTE)
    await stage.end(there)
    const told = saying(lines, 'The scheduler changed its state')
    expect(told.map(({ from, to, by, why }) => [from, to, by, why])).toEqual([
      ['stopped', 'running', undefined, undefined],
      ['running', 'stopped', 'ada', 'deploy'],
      ['stopped', 'running', 'bob', null],
      ['running', 'paused', 'eve', 'lunch'],
      ['paused', 'running', undefined, undefined],
      ['running', 'paused', 'eve', 'siesta'],
      ['paused', 'stopped', undefined, undefined],
    ])
  })

  it('keeps commands for a time of their own, at least as long as runs', async () => {
    const stage = await openStage(createHarness)
    const retention = { retentionMs: HOUR, recentWindowMs: HOUR, logRetentionMs: 3 * HOUR }
    const jobs = [{ name: 'poll', schedule: every({ days: 1 }), handler: () => {} }]
    const scheduler = stage.instance({ jobs, ...retention })
    await scheduler.open()
    await scheduler.pauseJob('poll', { by: 'ada' })
    await stage.pass(2 * HOUR)
    await scheduler.resumeJob('poll', { by: 'bob' })
    expect((await scheduler.listLog()).items.map(({ by }) => by)).toEqual(['bob', 'ada'])
    await stage.pass(2 * HOUR)
    expect((await scheduler.listLog()).items.map(({ by }) => by)).toEqual(['bob'])
    expect((await scheduler.control()).version).toBe(2)
  })

  it('tells what a command has set', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const scheduler = await stage.open(() => {}, { with: { logger } })
    await scheduler.configure({ concurrency: 3 }, { by: 'ada', why: 'more cores' })
    await scheduler.configureJob('poll', { timeoutMs: MINUTE }, { by: 'bob' })
    expect(saying(lines, 'A command was carried out')).toMatchObject([
      { command: 'configure', patch: { concurrency: 3 }, by: 'ada', why: 'more cores' },
      { command: 'configure-job', job: 'poll', patch: { timeoutMs: MINUTE }, by: 'bob' },
    ])
  })

  it('tells a command once where the provider of sessions begins its unit anew', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const { sessions } = stage
    const deadlock = new Error('deadlock detected')
    const retrying: typeof sessions.withSession = async (work, options) => {
      const firstTry = sessions.withSession(async (session) => {
        await work(session)
        throw deadlock
      }, options)
      await firstTry.catch(() => {})
      return sessions.withSession(work, options)
    }
    const scheduler = await stage.open(() => {}, {
      with: {
        logger,
        sessions: {
          withSession: (work, options) =>
            options?.unit?.startsWith('command') ? retrying(work, options) : sessions.withSession(work, options),
        },
      },
    })
    await scheduler.pauseJob('poll', { by: 'ada' })
    expect(saying(lines, 'A command was carried out')).toEqual([
      expect.objectContaining({ command: 'pause-job', job: 'poll', by: 'ada' }),
    ])
  })

  it('names the job and the run of a listener that threw, and of a session that a handler kept', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const kept: { readonly use: () => unknown }[] = []
    const scheduler = await stage.open(
      ({ withSession }) =>
        withSession(async (session) => void kept.push({ use: () => Object.hasOwn(session, 'anything') })),
      { with: { logger } },
    )
    scheduler.on('run-settled', () => {
      throw new Error('broken listener')
    })
    await scheduler.runJob('poll')
    await stage.pass(0)
    expect(() => kept.map(({ use }) => use())).toThrow(/after its unit of work/)
    const [run] = runs(await stage.ledger(scheduler))
    const ofRun = { job: 'poll', runId: run?.id }
    expect(saying(lines, 'A listener threw')).toMatchObject([{ event: 'run-settled', ...ofRun }])
    expect(saying(lines, 'A session was used after its unit of work had ended')).toMatchObject([
      { unit: 'job:poll', ...ofRun },
    ])
  })
}

function saying(lines: readonly Line[], text: string): readonly Line['fields'][] {
  return lines.filter(({ message }) => message === text).map(({ fields }) => fields)
}
