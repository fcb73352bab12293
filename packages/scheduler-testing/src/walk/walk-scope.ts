import { type Route, routesOf } from '@pm/scheduler-core/http'

import { bodyOf, type Named, pathOf, queriesOf } from './requests-of.ts'
import type { Credentials, ScopedCaller, WalkAnswer, WalkedView, WalkOptions } from './walk.ts'
import type { Step, WalkLog } from './walk-log.ts'

/** A job and a run that there have never been. */
const NONE: Named = { job: 'zq.none', runId: '00000000-0000-4000-8000-000000000000' }

/**
 * Asks every route as somebody who is told of some jobs only: about their own jobs, about all, and about another job. No
 * answer contains a text of the other jobs, and what is asked about another job is answered as about a job that there
 * has never been.
 */
export async function walkScope(options: WalkOptions, scoped: ScopedCaller, log: WalkLog): Promise<void> {
  const own = { job: scoped.job, runId: NONE.runId }
  const other = { job: scoped.otherJob, runId: scoped.otherRunId ?? NONE.runId }
  for (const view of ['admin', 'market-data'] as const) {
    const routes = options.views[view] ? routesOf({ ...options.views[view], view }) : []
    const reads = routes.filter(({ access }) => access === 'read')
    const commands = routes.filter(({ access }) => access === 'control')
    const asking = { view, scoped, named: own }
    const explained = await explanationsIn(reads, asking, log)
    const steps = [...reads.flatMap((route) => stepsOf(route, asking)), ...explained]
    await log.take('scope', steps, tells(scoped))
    if (options.operator) await walkTags(steps, { operator: options.operator, log })
    for (const route of [...reads, ...commands])
      for (const step of stepsOf(route, { view, scoped, named: other }))
        await compare(step, { route, other, scoped, log })
    const ofAll = commands.filter((route) => OF_ALL.has(route.id))
    const all = ofAll.flatMap((route) => stepsOf(route, { view, scoped, named: own }))
    await log.take('scope', all, ({ status }) => (status === 403 ? null : 'a command to all jobs was taken'))
  }
}

/** The commands that change what every job is under. */
const OF_ALL: ReadonlySet<string> = new Set(['start', 'stop', 'pause', 'resume', 'configure'])

/** Every route that explains numbers, once for each number that the view has. */
async function explanationsIn(reads: readonly Route[], asking: Asking, log: WalkLog): Promise<readonly Step[]> {
  const [definitions] = reads.filter(({ id }) => id === 'definitions').flatMap((route) => stepsOf(route, asking))
  if (!definitions) return []
  const { text } = await log.ask('scope', definitions)
  const { items = [] }: { readonly items?: readonly { readonly id: string }[] } = JSON.parse(text)
  const explaining = reads.filter(({ id }) => ['status', 'jobs', 'freshness'].includes(id))
  return explaining.flatMap(({ path }) => items.map(({ id }) => ({ ...definitions, path: `${path}?explain=${id}` })))
}

interface Tagging {
  readonly operator: Credentials
  readonly log: WalkLog
}

/**
 * Asks with the tags of an operator's answers, as a browser does that two people share: it would show the operator's
 * answer to whoever is told that it still holds.
 */
async function walkTags(steps: readonly Step[], { operator, log }: Tagging): Promise<void> {
  for (const step of steps) {
    const whole = await log.ask('scope', { ...step, headers: operator })
    const { etag } = whole.headers
    if (typeof etag !== 'string') continue
    const { text } = await log.ask('scope', step)
    const known = { ...step, headers: { ...step.headers, 'if-none-match': etag } }
    await log.take('scope', [known], ({ status }) =>
      status === 304 && text !== whole.text ? 'it was told that the answer of an operator still holds' : null,
    )
  }
}

interface Asking {
  readonly view: WalkedView
  readonly scoped: ScopedCaller
  readonly named: Named
}

function stepsOf(route: Route, { view, scoped, named }: Asking): readonly Step[] {
  const path = pathOf(route, named)
  const queries = queriesOf(route, named)
  const step = { caller: 'one who is told of some jobs', view, method: route.method, headers: scoped.credentials }
  return queries.map((query) => ({ ...step, path: `${path}${query}`, body: bodyOf(route, named) }))
}

/** Finds texts of the other jobs in an answer. An error may repeat what the request itself has said. */
function tells({ unseen }: ScopedCaller) {
  return ({ status, text, headers }: WalkAnswer, { path, body = null }: Step): string | null => {
    const told = `${text} ${JSON.stringify(headers)}`
    const said = status >= 400 ? `${decodeURIComponent(path)} ${body ?? ''}` : ''
    const leaked = unseen.find((one) => told.includes(one) && !said.includes(one))
    return leaked === undefined ? null : `the answer has "${leaked}"`
  }
}

interface Comparing {
  readonly route: Route
  readonly other: Named
  readonly scoped: ScopedCaller
  readonly log: WalkLog
}

/** Asks about the other job, and about none: both are answered alike. */
async function compare(step: Step, { route, other, scoped, log }: Comparing): Promise<void> {
  await log.take('scope', [step], tells(scoped))
  if (!isAbout(step, other) || route.mediaType !== undefined) return
  const none = { ...step, path: inPlace(step.path, other), body: step.body ? inPlace(step.body, other) : null }
  const expected = await log.ask('scope', none)
  await log.take('scope', [step], ({ status, text }) => {
    // An answer that is no error may carry the time.
    const isSame = status < 400 || inPlace(text, other) === expected.text
    const isAlike = status === expected.status && isSame
    return isAlike ? null : `a job that is none is answered ${expected.status}: ${expected.text.slice(0, 200)}`
  })
}

function isAbout({ path, body }: Step, { job, runId }: Named): boolean {
  const asked = `${path} ${body ?? ''}`
  return asked.includes(job) || asked.includes(runId)
}

function inPlace(text: string, { job, runId }: Named): string {
  return text.replaceAll(job, NONE.job).replaceAll(runId, NONE.runId)
}
