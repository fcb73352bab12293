import type { PlainResponse, Principal, SiteCall } from '@pm/scheduler-core/http'

import { readsPages } from '../html/reads-pages.ts'
import { redirect } from '../html/redirect.ts'
import type { HostLink, PageConfig } from '../page-config.ts'
import { appPage } from './app-page.ts'
import { PAGES, type Page } from './page-path.ts'
import { baseOf, loginOf, logoutOf, type PageScene, refuse } from './page-scene.ts'

/** Opens a page for a viewer whom the host's hook lets in. */
export async function openPage<R>(scene: PageScene<R>, call: SiteCall<R>, page: Page): Promise<PlainResponse> {
  const verdict = await scene.door.mayOpen(call.native, page.audience)
  if (verdict.kind !== 'allowed') return turnAway(scene, call, verdict.kind)
  const { files, facts, schedulers, clock } = scene
  const app = scene.findApp()
  if (!app) return refuse(scene, { call, kind: 'not-built' })
  const viewing = await viewingOf(scene, { call, page, viewer: verdict.principal })
  const config = { ...facts, ...viewing, build: app.build, schedulers, servedAt: clock.now() }
  return appPage({ base: baseOf(scene, call), app, files, config })
}

interface Viewing<R> {
  readonly call: SiteCall<R>
  readonly page: Page
  readonly viewer: Principal
}

/** What the page tells its script of the viewer: the other questions, asked at once. */
async function viewingOf<R>(
  scene: PageScene<R>,
  { call, page, viewer }: Viewing<R>,
): Promise<Pick<PageConfig, 'may' | 'viewer' | 'loginUrl' | 'logoutUrl'>> {
  const isOperators = page.audience === 'admin'
  const [other, mayControl, loginUrl] = await Promise.all([
    scene.door.mayOpen(call.native, isOperators ? 'market-data' : 'admin'),
    scene.door.mayControl(call.native),
    loginOf(scene, call, 'page'),
  ])
  const mayOther = other.kind === 'allowed'
  const admin = isOperators || mayOther
  return {
    may: { admin, marketData: !isOperators || mayOther, control: admin && mayControl },
    viewer: viewer.name,
    loginUrl,
    logoutUrl: logoutOf(scene, call),
  }
}

async function turnAway<R>(
  scene: PageScene<R>,
  call: SiteCall<R>,
  kind: 'unauthenticated' | 'forbidden',
): Promise<PlainResponse> {
  if (!readsPages(call.request)) return refuse(scene, { call, kind })
  if (kind === 'forbidden') return refuse(scene, { call, kind, ways: await waysOn(scene, call) })
  const url = await loginOf(scene, call, 'header')
  return url === null ? refuse(scene, { call, kind }) : redirect(url)
}

/** Who is not logged in does not learn that there is no such page: the answer is that of a page. */
export async function refuseUnknown<R>(scene: PageScene<R>, call: SiteCall<R>): Promise<PlainResponse> {
  const verdict = await scene.door.mayOpen(call.native, 'admin')
  if (verdict.kind === 'unauthenticated') return turnAway(scene, call, verdict.kind)
  return refuse(scene, { call, kind: 'not-found', ways: [ENTRANCE] })
}

const ENTRANCE = { label: 'To the first page', href: './' } as const

/** What a viewer can do who may not see this page. */
async function waysOn<R>(scene: PageScene<R>, call: SiteCall<R>): Promise<readonly HostLink[]> {
  const [pages, loginUrl] = await Promise.all([pagesFor(scene, call.native), loginOf(scene, call, 'page')])
  const ways = pages.map(({ label, address }) => ({ label, href: address }))
  return loginUrl === null ? ways : [...ways, { label: 'Log in as someone else', href: loginUrl }]
}

async function pagesFor<R>({ door, facts }: PageScene<R>, native: R): Promise<readonly Page[]> {
  const asked = PAGES.filter(({ part }) => facts.parts[part]).map(async (page) => ({
    page,
    verdict: await door.mayOpen(native, page.audience),
  }))
  return (await Promise.all(asked)).filter(({ verdict }) => verdict.kind === 'allowed').map(({ page }) => page)
}
