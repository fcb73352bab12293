import type { Scheduler } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import type { DashboardOptions } from './dashboard-options.ts'
import { isColour, THEME_TOKENS } from './theme.ts'

/**
 * Checks what only the pages need; the routes check the rest. Throws `INVALID_OPTIONS` with the path of the first
 * mistake.
 */
export function checkOptions<R>(options: DashboardOptions<R>): DashboardOptions<R> {
  record('dashboard', options, OPTIONS)
  const { title, badge, links, theme, parts, login, logoutUrl, basePath } = options
  if (title !== undefined) words('dashboard.title', title)
  if (badge !== undefined) checkBadge(badge)
  if (links !== undefined) checkLinks(links)
  if (theme !== undefined) checkTheme(theme)
  if (parts !== undefined) checkParts(parts)
  if (login !== undefined && typeof login !== 'function')
    refuseOption({ path: 'dashboard.login', value: login, expected: 'a function that answers an address or null' })
  if (logoutUrl !== undefined) address('dashboard.logoutUrl', logoutUrl)
  if (basePath !== undefined && !isBasePath(basePath))
    refuseOption({ path: 'dashboard.basePath', value: basePath, expected: 'a path such as /ops/admin' })
  return Object.freeze({ ...options })
}

/** Each scheduler once, and at least one. */
export function checkSchedulers(given: Scheduler | readonly Scheduler[]): readonly Scheduler[] {
  const schedulers = Array.isArray(given) ? (given as readonly Scheduler[]) : [given as Scheduler]
  const expected = 'a scheduler, or a list of schedulers, each once'
  if (schedulers.length === 0 || new Set(schedulers).size !== schedulers.length)
    refuseOption({ path: 'schedulers', value: given, expected })
  for (const [index, scheduler] of schedulers.entries())
    if (typeof scheduler?.name !== 'string')
      refuseOption({ path: `schedulers[${index}]`, value: scheduler, expected: 'a scheduler of createScheduler' })
  return schedulers
}

const OPTIONS = [
  'authorize',
  'authorizeTimeoutMs',
  'control',
  'allowedOrigins',
  'commandLimits',
  'runLogUrl',
  'environment',
  'allowedHosts',
  'live',
  'onError',
  'clock',
  'title',
  'badge',
  'links',
  'theme',
  'parts',
  'login',
  'logoutUrl',
  'basePath',
] as const satisfies readonly (keyof DashboardOptions<unknown>)[]

const PARTS = ['admin', 'marketData', 'system', 'configuration'] as const
const TONES = ['calm', 'alarming'] as const

function checkBadge(badge: NonNullable<DashboardOptions<unknown>['badge']>): void {
  record('dashboard.badge', badge, ['name', 'tone'])
  words('dashboard.badge.name', badge.name)
  const { tone = 'calm' } = badge
  if (!TONES.includes(tone))
    refuseOption({ path: 'dashboard.badge.tone', value: tone, expected: 'calm or alarming', known: TONES })
}

function checkLinks(links: NonNullable<DashboardOptions<unknown>['links']>): void {
  if (!Array.isArray(links) || links.length > 20)
    refuseOption({ path: 'dashboard.links', value: links, expected: 'a list of at most 20 links' })
  for (const [index, link] of links.entries()) {
    const path = `dashboard.links[${index}]`
    record(path, link, ['label', 'href'])
    words(`${path}.label`, link.label)
    address(`${path}.href`, link.href)
  }
}

function checkTheme(theme: NonNullable<DashboardOptions<unknown>['theme']>): void {
  record('dashboard.theme', theme, ['light', 'dark'])
  for (const appearance of ['light', 'dark'] as const) {
    const colours = theme[appearance]
    if (colours === undefined) continue
    record(`dashboard.theme.${appearance}`, colours, THEME_TOKENS)
    for (const [token, value] of Object.entries(colours))
      if (!isColour(value))
        refuseOption({ path: `dashboard.theme.${appearance}.${token}`, value, expected: 'a colour such as #1f5fc4' })
  }
}

function checkParts(parts: NonNullable<DashboardOptions<unknown>['parts']>): void {
  record('dashboard.parts', parts, PARTS)
  for (const [name, value] of Object.entries(parts))
    if (typeof value !== 'boolean') refuseOption({ path: `dashboard.parts.${name}`, value, expected: 'true or false' })
  if (['admin', 'marketData', 'system'].every((name) => Reflect.get(parts, name) === false))
    refuseOption({ path: 'dashboard.parts', value: parts, expected: 'at least one page' })
}

/** A plain object with known keys alone. */
function record(path: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuseOption({ path, value, expected: `an object with ${known.slice(0, 4).join(', ')}` })
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const expected = `one of ${known.join(', ')}`
    refuseOption({ path: `${path}.${key}`, value: key, received: 'an unknown option', expected, known })
  }
}

function words(path: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 80)
    refuseOption({ path, value, expected: 'a text of 1 to 80 characters' })
}

function address(path: string, value: unknown): void {
  if (!isAddress(value)) refuseOption({ path, value, expected: 'an http(s) address, or one relative to this host' })
}

/** Whether a browser would go to a web page: never a script, a file or a mail. */
export function isAddress(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > 2_000 || !URL.canParse(value, 'http://host'))
    return false
  return /^https?:$/.test(new URL(value, 'http://host').protocol)
}

function isBasePath(value: unknown): boolean {
  return (
    typeof value === 'string' && /^(\/[\w.~%!$&'()*+,;=:@-]+)+\/?$|^\/$/.test(value) && !/\/\.{1,2}(\/|$)/.test(value)
  )
}
