import type { PlainResponse, SiteCall } from '@pm/scheduler-core/http'

import { type Door, report } from '../access/door.ts'
import type { LoginAddress } from '../access/login-address.ts'
import type { BuiltApp } from '../assets/built-app.ts'
import type { OwnFiles } from '../assets/own-files.ts'
import { baseHref, returnPath } from '../html/base-href.ts'
import { readsPages } from '../html/reads-pages.ts'
import { redirect } from '../html/redirect.ts'
import type { DashboardOptions } from '../options/dashboard-options.ts'
import type { HostLink, PageConfig, PageParts } from '../page-config.ts'
import { answerRefusal } from './answer-refusal.ts'
import { appPage } from './app-page.ts'
import { PAGES, type Page, pageOf } from './page-path.ts'
import { ALLOWED, type RefusalKind, refusalOf } from './refusal.ts'

export interface PageSite<R> {
  readonly options: DashboardOptions<R>
  readonly door: Door<R>
  readonly loginAddress: LoginAddress<R>
  readonly files: OwnFiles
  /** The built pages, looked for again until they are there. */
  readonly findApp: () => BuiltApp | null
  readonly schedulers: PageConfig['schedulers']
}

/** Answers whatever is neither a file nor a route: a page, or the page that says why not. */
export function createPageAnswers<R>(site: PageSite<R>): (call: SiteCall<R>) => Promise<PlainResponse> {
  const { options, door, loginAddress, files, findApp, schedulers } = site
  const { title = 'Scheduler', badge, links = [], logoutUrl = null, onError } = options
  const basePath = options.basePath ?? null
  const parts = { admin: true, marketData: true, system: true, configuration: true, ...options.parts }
  const environment = badge ? { name: badge.name, tone: badge.tone ?? 'calm' } : null

  async function answer(call: SiteCall<R>): Promise<PlainResponse> {
    const { method } = call.request
    if (method === 'OPTIONS') return { status: 204, headers: { allow: ALLOWED }, body: null }
    if (method !== 'GET' && method !== 'HEAD') return refuse(call, 'wrong-method')
    const page = pageOf(call.path, parts)
    if (page) return open(call, page)
    const isEntrance = call.path === '' || call.path === '/'
    return isEntrance ? leadOn(call) : refuse(call, 'not-found')
  }

  async function open(call: SiteCall<R>, page: Page): Promise<PlainResponse> {
    const verdict = await door.mayOpen(call.native, page.audience)
    if (verdict.kind !== 'allowed') return turnAway(call, verdict.kind)
    const app = findApp()
    if (!app) return refuse(call, 'not-built')
    const other = page.audience === 'admin' ? 'market-data' : 'admin'
    const [others, control, loginUrl] = await Promise.all([
      door.mayOpen(call.native, other),
      door.mayControl(call.native),
      loginOf(call),
    ])
    const mayOther = others.kind === 'allowed'
    const admin = page.audience === 'admin' || mayOther
    return appPage({
      base: baseOf(call),
      app,
      files,
      config: {
        title,
        environment,
        links,
        build: app.build,
        schedulers,
        may: { admin, marketData: page.audience === 'market-data' || mayOther, control: control && admin },
        viewer: verdict.principal.name,
        loginUrl,
        logoutUrl,
        parts,
      },
    })
  }

  /** The first part that the host shows, where the entrance itself is hidden. */
  function leadOn(call: SiteCall<R>): PlainResponse {
    const address = PAGES.find(({ part }) => parts[part])?.address ?? ''
    return redirect(`${baseOf(call)}${address}`)
  }

  async function turnAway(call: SiteCall<R>, kind: 'unauthenticated' | 'forbidden'): Promise<PlainResponse> {
    if (!readsPages(call.request)) return refuse(call, kind)
    if (kind === 'forbidden') return refuse(call, kind, await waysOn(call))
    const url = await loginOf(call)
    return url === null ? refuse(call, kind) : redirect(url)
  }

  /** What a viewer can do who may not see this page. */
  async function waysOn(call: SiteCall<R>): Promise<readonly HostLink[]> {
    const [pages, loginUrl] = await Promise.all([openTo(call.native, parts), loginOf(call)])
    const ways = pages.map(({ label, address }) => ({ label, href: address }))
    return loginUrl === null ? ways : [...ways, { label: 'Log in as someone else', href: loginUrl }]
  }

  async function openTo(native: R, shown: PageParts): Promise<readonly Page[]> {
    const asked = PAGES.filter(({ part }) => shown[part]).map(async (page) => ({
      page,
      verdict: await door.mayOpen(native, page.audience),
    }))
    return (await Promise.all(asked)).filter(({ verdict }) => verdict.kind === 'allowed').map(({ page }) => page)
  }

  function refuse(call: SiteCall<R>, kind: RefusalKind, ways: readonly HostLink[] = []): PlainResponse {
    return answerRefusal({
      request: call.request,
      refusal: refusalOf(kind),
      base: baseOf(call),
      title,
      files,
      links: ways,
    })
  }

  function baseOf({ mount, path }: SiteCall<R>): string {
    return baseHref({ mount, path, basePath })
  }

  function loginOf({ native, mount, path, request }: SiteCall<R>): Promise<string | null> {
    return loginAddress(native, { returnTo: returnPath({ mount, path, basePath }, request.query) })
  }

  return async (call) => {
    try {
      return await answer(call)
    } catch (error) {
      report({ onError, view: 'admin' }, error)
      return refuse(call, 'failed')
    }
  }
}
