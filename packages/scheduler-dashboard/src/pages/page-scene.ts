import { type Clock, systemClock } from '@pm/scheduler-core'
import type { PlainResponse, SiteCall } from '@pm/scheduler-core/http'

import type { Door } from '../access/door.ts'
import type { LoginAddress } from '../access/login-address.ts'
import type { BuiltApp } from '../assets/built-app.ts'
import type { OwnFiles } from '../assets/own-files.ts'
import { baseHref, returnPath } from '../html/base-href.ts'
import type { DashboardOptions } from '../options/dashboard-options.ts'
import type { HostLink, PageConfig } from '../page-config.ts'
import { answerRefusal } from './answer-refusal.ts'
import { type RefusalKind, refusalOf } from './refusal.ts'

/** What every page of one dashboard stands on, passed along whole. */
export interface PageScene<R> extends PageParties<R> {
  /** What a page knows of its host, the same for every viewer. */
  readonly facts: Pick<PageConfig, 'title' | 'environment' | 'links' | 'logoutUrl' | 'parts'>
  readonly basePath: string | null
  readonly onError: DashboardOptions<R>['onError']
  readonly clock: Clock
}

export interface PageParties<R> {
  readonly door: Door<R>
  readonly loginAddress: LoginAddress<R>
  readonly files: OwnFiles
  /** The built pages, looked for again until they are there. */
  readonly findApp: () => BuiltApp | null
  readonly schedulers: PageConfig['schedulers']
}

export function createScene<R>(options: DashboardOptions<R>, parties: PageParties<R>): PageScene<R> {
  const { title = 'Scheduler', badge, links = [], logoutUrl = null, parts, basePath = null } = options
  const { clock = systemClock, onError } = options
  return {
    ...parties,
    facts: {
      title,
      environment: badge ? { name: badge.name, tone: badge.tone ?? 'calm' } : null,
      links,
      logoutUrl,
      parts: { admin: true, marketData: true, system: true, configuration: true, ...parts },
    },
    basePath,
    onError,
    clock,
  }
}

/** The address of the mount, relative to the page that was asked for. */
export function baseOf<R>({ basePath }: PageScene<R>, { mount, path }: SiteCall<R>): string {
  return baseHref({ mount, path, basePath })
}

/** Where the viewer logs in and then comes back to this page; `null` when the host names nothing. */
export function loginOf<R>({ basePath, loginAddress }: PageScene<R>, call: SiteCall<R>): Promise<string | null> {
  const { mount, path, request, native } = call
  return loginAddress(native, { returnTo: returnPath({ mount, path, basePath }, request.query) })
}

export interface Refused<R> {
  readonly call: SiteCall<R>
  readonly kind: RefusalKind
  /** Where the reader can go from here (default nowhere). */
  readonly ways?: readonly HostLink[]
}

export function refuse<R>(scene: PageScene<R>, { call, kind, ways = [] }: Refused<R>): PlainResponse {
  const { facts, files } = scene
  return answerRefusal({
    request: call.request,
    refusal: refusalOf(kind),
    base: baseOf(scene, call),
    title: facts.title,
    files,
    links: ways,
  })
}
