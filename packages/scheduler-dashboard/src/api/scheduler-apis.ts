import { type Scheduler, SchedulerError } from '@pm/scheduler-core'
import {
  createHttpService,
  createStreamLimits,
  type HttpSite,
  type PlainResponse,
  type SiteCall,
  toProblem,
  toSite,
} from '@pm/scheduler-core/http'

import type { DashboardOptions } from '../options/dashboard-options.ts'
import type { PageConfig } from '../page-config.ts'

/** The routes of every scheduler, at `/<key>/admin` and `/<key>/market-data`. */
export interface SchedulerApis<R> extends HttpSite<R> {
  readonly schedulers: PageConfig['schedulers']
}

/** Streams are counted over all schedulers of one dashboard; commands over all routers of each scheduler. */
export function createSchedulerApis<R>(
  schedulers: readonly Scheduler[],
  options: DashboardOptions<R>,
): SchedulerApis<R> {
  const { authorize, authorizeTimeoutMs, control, allowedOrigins, runLogUrl, environment, allowedHosts } = options
  const { onError, clock } = options
  const live = { ...options.live, limits: options.live?.limits ?? createStreamLimits() }
  const { commandLimits } = options
  const guarded = { authorize, authorizeTimeoutMs, environment, allowedHosts }
  const common = defined({ ...guarded, onError, clock, live, version: 'v2' as const })
  const forAdmin = defined({ control, allowedOrigins, commandLimits, runLogUrl })

  const keyed = keysOf(schedulers).map(({ key, scheduler }) => {
    const views = new Map<string, HttpSite<R>>([
      ['admin', toSite(createHttpService<R>(scheduler, { ...common, ...forAdmin, view: 'admin' }))],
      ['market-data', toSite(createHttpService<R>(scheduler, { ...common, view: 'market-data' }))],
    ])
    return { key, name: scheduler.name, views }
  })
  const byKey = new Map(keyed.map(({ key, views }) => [key, views]))
  const first = keyed[0]?.views.get('admin')

  return {
    schedulers: keyed.map(({ key, name }) => ({ key, name })),
    async answer(call: SiteCall<R>): Promise<PlainResponse> {
      const [, key = '', view = ''] = call.path.split('/')
      const site = byKey.get(key)?.get(view)
      // As the first scheduler refuses an unknown path: without a login nobody learns which schedulers there are.
      if (!site) return first?.answer({ ...call, path: '' }) ?? toProblem(new SchedulerError('NOT_FOUND', {}))
      const start = `/${key}/${view}`
      return site.answer({ ...call, path: call.path.slice(start.length), mount: `${call.mount}${start}` })
    },
    closeStreams() {
      for (const { views } of keyed) for (const site of views.values()) site.closeStreams()
    },
  }
}

/** A scheduler's name is its key, as it stands in a path; namesakes are numbered. */
function keysOf(schedulers: readonly Scheduler[]): readonly { readonly key: string; readonly scheduler: Scheduler }[] {
  const taken = new Set<string>()
  return schedulers.map((scheduler) => {
    const name = scheduler.name.replace(/[^\w.-]/g, '-')
    let key = name
    for (let number = 2; taken.has(key); number++) key = `${name}-${number}`
    taken.add(key)
    return { key, scheduler }
  })
}

type Defined<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> }

/** Without what the host left out: the routes tell an option that is missing from one that is wrong. */
function defined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>
}
