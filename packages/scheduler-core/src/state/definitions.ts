import { type JobDefinition, jobElsewhere, readDefinition, templateIn } from '../job/definitions.ts'
import type { DescribedJob, Job } from '../job/job.ts'
import type { JobTemplate } from '../job/job-template.ts'
import type { DefinitionSpan, JobHolding } from '../ports/definitions.ts'
import type { Logger } from '../ports/logger.ts'
import { actingBy } from './acting-by.ts'
import { createHoldings } from './holdings.ts'

/** The definitions in effect, as far as this instance knows: of its own jobs and of those that only others have. */
export interface Definitions<S> {
  /** The jobs that this instance acts for, as their definitions in effect have them. */
  readonly here: ReadonlyMap<string, Job<S>>
  /** The jobs that only others act for. */
  readonly elsewhere: ReadonlyMap<string, DescribedJob>
  /** The jobs that nobody has any more, as they were defined last. */
  readonly retired: ReadonlyMap<string, DescribedJob>
  /** The jobs of this instance as its code has them, whether or not that is in effect. */
  readonly own: ReadonlyMap<string, Job<S>>
  /** What this instance has, whether or not that is in effect. */
  readonly holds: readonly JobHolding[]
  /** What the store keeps of a job of this instance. */
  definitionOf(job: Job<S>): JobDefinition
  /** The version that is known; -1 before any was read. */
  readonly version: number
  /** Own jobs that have no definition in effect, or another one: they may take effect once others have gone. */
  readonly isFollowing: boolean
  /** Adds a job of this instance, or puts it in the place of the one with its name. It takes effect by the store. */
  hold(job: Job<S>, key?: string): void
  /** Takes a job from this instance, which leaves it to others from now on. */
  drop(job: string): void
  /** The definition in effect, as far as this instance knows. */
  presentOf(job: string): DefinitionSpan | null
  /** How many jobs in effect are of each template. */
  countByTemplate(): ReadonlyMap<string, number>
  /** Takes over spans that began or ended since the version that was known, unless a newer version is known. */
  adopt(changed: { readonly version: number; readonly spans: readonly DefinitionSpan[] }): void
}

export interface DefinitionsOptions<S> {
  /** The jobs at first. */
  readonly jobs: ReadonlyMap<string, Job<S>>
  /** Whose jobs this instance acts for, too. */
  readonly templates: ReadonlyMap<string, JobTemplate<S>>
  readonly deployment: string | null
  readonly logger: Logger
}

export function createDefinitions<S>({ jobs, templates, deployment, logger }: DefinitionsOptions<S>): Definitions<S> {
  const holdings = createHoldings(jobs, deployment)
  const { own } = holdings
  const here = new Map(jobs)
  const elsewhere = new Map<string, DescribedJob>()
  const retired = new Map<string, DescribedJob>()
  const following = new Set<string>()
  const present = new Map<string, DefinitionSpan>()
  const actingFrom = { own, templates, holding: holdings.of }
  let version = -1

  function take(span: DefinitionSpan): void {
    const { job: name, until, definition } = span
    if (until === null) present.set(name, span)
    else present.delete(name)
    const mine = own.get(name)
    const job = until === null ? actingBy(span, actingFrom) : null
    toggle(following, name, mine !== undefined && job !== mine)
    elsewhere.delete(name)
    retired.delete(name)
    if (job) return void here.set(name, job)
    here.delete(name)
    const read = readDefinition(definition)
    if (until !== null) return void (read && retired.set(name, jobElsewhere(name, read)))
    if (read) elsewhere.set(name, jobElsewhere(name, read))
    if (mine || !read || templates.has(templateIn(definition) ?? '')) reportLeft(logger, name, read)
  }

  function takeAgain(name: string): void {
    const span = present.get(name)
    if (span) return void take(span)
    here.delete(name)
    toggle(following, name, own.has(name))
  }

  return {
    here,
    elsewhere,
    retired,
    own,
    get holds() {
      return holdings.all()
    },
    definitionOf: holdings.definitionOf,
    presentOf: (name) => present.get(name) ?? null,
    countByTemplate: () => countByTemplate(present.values()),
    hold(job, key) {
      holdings.put(job, key)
      takeAgain(job.name)
      putInOrder(here, own)
    },
    drop(name) {
      holdings.drop(name)
      takeAgain(name)
    },
    get version() {
      return version
    },
    get isFollowing() {
      return following.size > 0
    },
    adopt({ version: next, spans }) {
      if (next <= version) return
      version = next
      for (const span of spans) take(span)
      if (spans.some(({ job }) => own.has(job))) putInOrder(here, own)
    },
  }
}

/** Own jobs stay in the order of the code, those that were added behind them, and those of templates behind all. */
function putInOrder<S>(here: Map<string, Job<S>>, own: ReadonlyMap<string, Job<S>>): void {
  if (areInOrder(here, own)) return
  const made = [...here.values()].filter(({ name }) => !own.has(name))
  const inOrder = [...[...own.keys()].flatMap((name) => here.get(name) ?? []), ...made]
  here.clear()
  for (const job of inOrder) here.set(job.name, job)
}

/** Whether those of `here` come in the order of `own`. */
function areInOrder(here: ReadonlyMap<string, unknown>, own: ReadonlyMap<string, unknown>): boolean {
  const inOrder = own.keys()
  for (const name of here.keys()) {
    let next = inOrder.next()
    while (!next.done && next.value !== name && !here.has(next.value)) next = inOrder.next()
    if (next.done ? own.has(name) : next.value !== name) return false
  }
  return true
}

function countByTemplate(spans: Iterable<DefinitionSpan>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { definition } of spans) {
    const template = templateIn(definition)
    if (template !== null) counts.set(template, (counts.get(template) ?? 0) + 1)
  }
  return counts
}

function toggle(set: Set<string>, name: string, isIn: boolean): void {
  if (isIn) set.add(name)
  else set.delete(name)
}

function reportLeft(logger: Logger, job: string, read: JobDefinition | null): void {
  if (read) logger.warn({ job, calendars: read.exclude }, LEFT_ALONE)
  else logger.error({ job }, UNREADABLE)
}

const UNREADABLE = 'The store holds a definition of this job that cannot be read; this instance leaves the job alone'
const LEFT_ALONE =
  'Another deployment has this job with calendars that this instance lacks: it leaves the job to instances that have them'
