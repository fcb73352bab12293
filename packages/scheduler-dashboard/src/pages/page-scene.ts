import { type Clock, systemClock } from '@pm/scheduler-core'
import type { PlainResponse, SiteCall } from '@pm/scheduler-core/http'

import type { Door } from '../access/door.ts'
import type { LoginAddress } from '../access/login-address.ts'
import type { BuiltApp } from '../assets/built-app.ts'
import type { OwnFiles } from '../assets/own-files.ts'
import { baseHref, returnPath } from '../html/base-href.ts'
import { relativeAddress } from '../html/relative-address.ts'
import type { DashboardOptions } from '../options/dashboard-options.ts'
import type { HostLink, PageConfig } from '../page-config.ts'
import { answerRefusal } from './answer-refusal.ts'
import { type RefusalKind, refusalOf } from './refusal.ts'

/** What every page of one dashboard stands on, passed along whole. */
export interface PageScene<R> extends PageParties<R> {
  /** What a page knows of its host, the same for every viewer. */
  readonly facts: Pick<PageConfig, 'title' | 'environment' | 'links' | 'parts'>
  /** As the host names it. */
  readonly logoutUrl: string | null
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
      parts: { admin: true, marketData: true, system: true, configuration: true, ...parts },
    },
    logoutUrl,
    basePath,
    onError,
    clock,
  }
}

/** The address of the mount, relative to the page that was asked for. */
export function baseOf<R>({ basePath }: PageScene<R>, { mount, path }: SiteCall<R>): string {
  return baseHref({ mount, path, basePath })
}

/**
 * Where the viewer logs in and then comes back to this page; `null` when the host names nothing. The address holds where
 * it stands: in a header it counts from the page, in a page from the base of that page.
 */
export async function loginOf<R>(scene: PageScene<R>, call: SiteCall<R>, place: AddressPlace): Promise<string | null> {
  const { mount, path, request, native } = call
  const { basePath, loginAddress } = scene
  const address = await loginAddress(native, { returnTo: returnPath({ mount, path, basePath }, request.query) })
  return address && addressOf(scene, call, { address, place })
}

/** Where one logs out, for a link in the page; `null` when the host names nothing. */
export function logoutOf<R>(scene: PageScene<R>, call: SiteCall<R>): string | null {
  const { logoutUrl } = scene
  return logoutUrl && addressOf(scene, call, { address: logoutUrl, place: 'page' })
}

type AddressPlace = 'header' | 'page'

/** Where `basePath` says how browsers see the server, the host's addresses are as browsers see them, too. */
function addressOf<R>(
  { basePath }: PageScene<R>,
  { mount, path }: SiteCall<R>,
  { address, place }: { readonly address: string; readonly place: AddressPlace },
): string {
  if (basePath !== null) return address
  return relativeAddress(address, place === 'header' ? `${mount}${path}` : `${mount}/`)
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
