import {
  createMemoryBackend,
  createScheduler,
  defineJob,
  defineJobTemplate,
  every,
  type Scheduler,
  z,
} from '@pm/scheduler-core'
import { type Authorization, type Authorize, createCommandLimits, type StatusVersion } from '@pm/scheduler-core/http'
import { onTestFinished } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import type { WalkOptions } from '../../walk/walk.ts'
import type { HttpServer, ReadHeader, ServeHttp } from './adapter.ts'
import { send } from './client.ts'

/** The jobs of `sam` and `pia`. */
export const OWN_JOBS = ['desk.alpha', 'desk.beta'] as const
/** In the names, the owners, the reasons and the errors of all other jobs, and nowhere else. */
export const UNSEEN = 'omega'
const OTHER_JOB = 'omega.q7'
/** The name that the other job had, which reads as one of the desk. */
export const FORMER_NAME = 'desk.once'

const T0 = Date.UTC(2025, 8, 16, 2)

/** A scheduler with jobs of two desks, served until the test ends, and who may do what there. */
export interface WalkScene {
  readonly scheduler: Scheduler
  readonly server: HttpServer
  readonly walk: WalkOptions
  /** What a command would change: compared before and after a walk. */
  stand(): Promise<unknown>
}

export interface WalkSceneOptions {
  readonly version?: StatusVersion
  /** In place of the hook of the scene. */
  readonly authorize?: Authorize<ReadHeader>
}

export async function openWalkScene(serve: ServeHttp, options: WalkSceneOptions = {}): Promise<WalkScene> {
  const { version = 'v2', authorize = verdictOf } = options
  const scheduler = await openTwoDesks()
  const guarded = { authorize, version, live: { limits: UNLIMITED_STREAMS } }
  const commandLimits = createCommandLimits({ perMinute: 1e9, burst: 1e9 })
  const server = await serve({
    scheduler,
    admin: { ...guarded, control: true, commandLimits },
    marketData: guarded,
    health: {},
  })
  onTestFinished(() => server.close())
  const [runId = '', otherRunId = ''] = await Promise.all(
    [OWN_JOBS[0], OTHER_JOB].map(async (job) => (await scheduler.listRuns({ job, limit: 1 })).items[0]?.id),
  )
  const urls = { admin: server.adminUrl, 'market-data': server.marketDataUrl }
  return {
    scheduler,
    server,
    walk: {
      send: ({ view, path, method, headers, body }) =>
        send(`${urls[view]}${path}`, { method, headers, ...(body !== null && { body }) }),
      views: { admin: { control: true, version }, 'market-data': { version } },
      job: OWN_JOBS[0],
      runId,
      refused: { nobody: {}, 'somebody unknown': bearer('eve'), 'somebody who may not': bearer('vic') },
      reader: bearer('rita'),
      operator: bearer('ada'),
      scoped: {
        credentials: bearer('sam'),
        job: OWN_JOBS[0],
        otherJob: OTHER_JOB,
        otherRunId,
        unseen: [UNSEEN, otherRunId],
      },
    },
    stand: async () => {
      const { items } = await scheduler.listRuns({ limit: 500 })
      return [await scheduler.control(), scheduler.state, scheduler.jobNames, items.map(({ id, state }) => [id, state])]
    },
  }
}

const bearer = (name: string) => ({ authorization: `Bearer ${name}` })

const UNLIMITED_STREAMS = { take: () => () => {} }

interface Asked {
  readonly access: string
  readonly job?: string | null
}

const OF_OWN_JOBS = { jobs: OWN_JOBS }
const OF_AN_OLD_LIST = { jobs: [...OWN_JOBS, FORMER_NAME] }
const BY_A_TEST = { jobs: (job: string) => job.startsWith('desk.') }

/**
 * `ada` may do all, `rita` may read all, `sam`, `pia` and `olga` may do all with the jobs of their desk, `vic` nothing, and
 * `nora` all but with the other job.
 */
export function verdictOf(header: ReadHeader, { access, job = null }: Asked): Authorization {
  const [, name = ''] = /^Bearer (\w+)$/.exec(header('authorization') ?? '') ?? []
  const allow = { allow: true, principal: { name } } as const
  if (name === 'ada') return allow
  if (name === 'rita' && access === 'read') return allow
  if (name === 'sam') return { ...allow, ...OF_OWN_JOBS }
  if (name === 'pia') return { ...allow, ...BY_A_TEST }
  if (name === 'olga') return { ...allow, ...OF_AN_OLD_LIST }
  if (name === 'nora' && job !== OTHER_JOB) return allow
  return { allow: false, reason: name === 'vic' || name === 'rita' ? 'forbidden' : 'unauthenticated' }
}

/** Each desk has jobs that ran, failed, are paused, configured and made of a template. */
async function openTwoDesks(): Promise<Scheduler> {
  const clock = createManualClock({ startAt: T0 })
  const input = z.object({ note: z.string().optional() })
  const jobsOf = (desk: string) =>
    (desk === 'omega' ? [OTHER_JOB, 'omega.held'] : OWN_JOBS).map((name) =>
      defineJob({
        name,
        schedule: every({ minutes: 15 }),
        owner: `${desk} owner`,
        tags: [`${desk}-tag`],
        description: `Of ${desk}.`,
        input: input.meta({ title: `${desk} input` }),
        formerly: name === OTHER_JOB ? [FORMER_NAME] : [],
        handler: (ctx) => {
          ctx.report({ processed: 3 })
          throw new Error(`${desk} failed`)
        },
      }),
    )
  const template = defineJobTemplate({ name: 'report', params: z.object({}), handler: () => {} })
  const jobs = [...jobsOf('desk'), ...jobsOf('omega')]
  const scheduler = createScheduler({ name: 'host', clock, jobs, templates: [template], ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  for (const desk of ['omega', 'desk']) {
    const [first = '', second = ''] = jobsOf(desk).map(({ name }) => name)
    const actor = { by: `${desk} operator`, why: `${desk} reason` }
    await scheduler.runJob(first, { ...actor, input: { note: `${desk} note` } })
    await scheduler.pauseJob(second, actor)
    await scheduler.configureJob(first, { priority: 2 }, actor)
  }
  await scheduler.createJobs([{ name: 'omega.made', template: 'report', schedule: null, params: {} }], {
    by: 'omega operator',
  })
  await scheduler.whenIdle()
  return scheduler
}
