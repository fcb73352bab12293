import { isSchedulerError, type Scheduler, SchedulerError } from '@pm/scheduler-core'
import {
  createHostCheck,
  type HttpSite,
  type PlainResponse,
  type SiteCall,
  toProblem,
  unsafeAllowAll,
} from '@pm/scheduler-core/http'

import { createDoor } from './access/door.ts'
import { createLoginAddress } from './access/login-address.ts'
import { createSchedulerApis } from './api/scheduler-apis.ts'
import { createFileAnswers } from './assets/file-answers.ts'
import { createOwnFiles } from './assets/own-files.ts'
import { checkOptions, checkSchedulers } from './options/check-options.ts'
import type { DashboardOptions } from './options/dashboard-options.ts'
import { createPageAnswers } from './pages/page-answers.ts'
import { createScene } from './pages/page-scene.ts'

export interface Composition<R> {
  readonly schedulers: Scheduler | readonly Scheduler[]
  readonly options: DashboardOptions<R>
  /** Where the built pages are. */
  readonly folder: string
}

/** The site of the pages: files, routes and pages, each below its own first segment. */
export function composeDashboard<R>({ schedulers, options, folder }: Composition<R>): HttpSite<R> {
  const given = checkOptions({ ...options, ...environmentOf(options) })
  const apis = below('dashboard', () => createSchedulerApis(checkSchedulers(schedulers), given))
  const files = createFileAnswers({ own: createOwnFiles(given.theme ?? {}), folder })
  const scene = createScene(given, {
    door: createDoor(given),
    loginAddress: createLoginAddress(given),
    files: files.own,
    findApp: files.findApp,
    schedulers: apis.schedulers,
  })
  const answerPage = createPageAnswers(scene)
  const { authorize, allowedHosts } = given
  const refuseForeignHost = createHostCheck({ allowedHosts, needsLogin: authorize !== unsafeAllowAll })

  function answer(call: SiteCall<R>): Promise<PlainResponse> {
    const { path } = call
    if (path.startsWith('/api/')) return apis.answer({ ...call, path: path.slice(4), mount: `${call.mount}/api` })
    if (path.startsWith('/assets/')) return files.answer(path.slice(1), call.request)
    return answerPage(call)
  }

  return {
    async answer(call) {
      try {
        refuseForeignHost(call.request.hosts)
        const response = await answer(call)
        return call.request.method === 'HEAD' ? { ...response, body: null } : response
      } catch (error) {
        const isForeign = isSchedulerError(error, 'FOREIGN_HOST')
        return toProblem(isForeign ? error : new SchedulerError('INTERNAL', {}))
      }
    },
    closeStreams: () => apis.closeStreams(),
  }
}

/** Runs a check of the routes, whose options are a part of ours: their path begins with ours. */
function below<T>(path: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS') || !error.details.path.startsWith('http.')) throw error
    const details = { ...error.details, path: error.details.path.replace('http', path) }
    throw new SchedulerError('INVALID_OPTIONS', details, { cause: error })
  }
}

/** Where neither the host nor `NODE_ENV` says it, the environment is unknown. */
function environmentOf(options: { readonly environment?: string } | undefined): { readonly environment?: string } {
  const environment = options?.environment ?? process.env['NODE_ENV']
  return environment === undefined ? {} : { environment }
}
