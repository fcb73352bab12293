import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { NOT_OPEN } from '../../shell/live-summary.ts'
import { strings } from '../../strings/index.ts'
import type { StateName } from '../../ui/icons.tsx'
import { stateOfHealth, stateOfScheduler } from '../../ui/state-of.ts'
import type { Member } from './use-fleet.ts'

export interface Verdict {
  readonly state: StateName
  readonly text: string
  /** How many jobs need attention. */
  readonly attention: number
}

const WORST_FIRST: readonly StateName[] = ['failed', 'late', 'paused', 'unknown', 'skipped', 'running', 'ok']

type Seen = Pick<Member, 'name'> & { readonly live: Pick<Member['live'], 'status' | 'trouble'> }

/** All schedulers in one sentence: how many are well, and of the others the worst first. `say` writes an instant. */
export function toVerdict(members: readonly Seen[], say: (at: string) => string): Verdict {
  const words = strings.admin.verdict
  if (members.every(({ live }) => live.status === null && live.trouble === null))
    return { state: 'unknown', text: words.connecting, attention: 0 }
  const judged = members.map(({ name, live }) => ({ name, ...judge(live, say) }))
  const ill = judged
    .filter(({ state }) => state !== 'ok')
    .sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))
  const attention = members.reduce((sum, { live }) => sum + (live.status?.attention.total ?? 0), 0)
  const total = members.reduce((sum, { live }) => sum + (live.status?.jobs.total ?? 0), 0)
  const [worst] = ill
  if (!worst) return { state: 'ok', text: words.allWell(members.length, total), attention }
  const told = ill.map(({ name, what }) => words.of(name, what)).join('; ')
  const head = members.length === 1 ? '' : `${words.someWell(members.length - ill.length, members.length)}; `
  return { state: worst.state, text: `${head}${told}.`, attention }
}

interface Judged {
  readonly state: StateName
  readonly what: string
}

function judge({ status, trouble }: Seen['live'], say: (at: string) => string): Judged {
  const words = strings.admin.verdict
  if (trouble?.status === 401) return { state: 'unknown', what: words.loggedOut }
  if (trouble?.status === 403) return { state: 'unknown', what: words.forbidden }
  if (status === null) return { state: 'unknown', what: silence(trouble?.code) }
  const { scheduler, jobs } = status
  const found: readonly Judged[] = [
    ...stateOf(scheduler),
    ...(jobs.failing > 0 ? [{ state: 'failed' as const, what: failing(status, say) }] : []),
    ...(jobs.overdue > 0 ? [{ state: 'late' as const, what: words.overdue(jobs.overdue) }] : []),
    ...(jobs.no_worker > 0 ? [{ state: 'late' as const, what: words.noWorker(jobs.no_worker) }] : []),
    ...(jobs.running_long > 0 ? [{ state: 'late' as const, what: words.runningLong(jobs.running_long) }] : []),
    ...(jobs.paused > 0 ? [{ state: 'paused' as const, what: words.paused(jobs.paused) }] : []),
    ...reasonsOf(status).map((what) => ({ state: 'late' as const, what })),
  ]
  const state = WORST_FIRST.find((one) => found.some((judged) => judged.state === one)) ?? 'ok'
  return { state, what: found.map(({ what }) => what).join(', ') }
}

function silence(code: string | undefined): string {
  const words = strings.admin.verdict
  if (code === undefined) return words.asked
  return code === NOT_OPEN ? words.unopened : words.unknown
}

function stateOf({ state, desired, health }: AdminStatusV2['scheduler']): readonly Judged[] {
  const { states } = strings.admin.verdict
  if (state === 'running') return []
  if (health.status === 'fail')
    return [{ state: stateOfHealth(health.status), what: state === 'stopped' ? states.notOpen : states.error }]
  return [{ state: stateOfScheduler(state), what: states[desired.state] }]
}

/** What else is not as it should be. How many jobs have no worker is told by their count. */
function reasonsOf({ scheduler: { health }, jobs }: AdminStatusV2): readonly string[] {
  const known: Readonly<Record<string, string>> = strings.admin.reasons
  if (health.status !== 'warn') return []
  return health.reasons
    .filter((code) => code !== 'NO_WORKER' || jobs.no_worker === 0)
    .map((code) => (known[code] ?? code).split('. ')[0]?.replace(/\.$/, '') ?? code)
}

/** The count, and since when the one that fails longest has had no success. */
function failing({ jobs, attention }: AdminStatusV2, say: (at: string) => string): string {
  const words = strings.admin.verdict
  const all = attention.items.filter(({ conditions }) => conditions.includes('failing'))
  const isKnown = all.length === jobs.failing
  const since = all.flatMap(({ last_success_at }) => last_success_at ?? []).sort()
  if (!isKnown || all.length === 0) return words.failing(jobs.failing)
  const [first] = since
  if (first === undefined) return `${words.failing(jobs.failing)}, ${words.neverSucceeded}`
  return `${words.failing(jobs.failing)}, ${words.noSuccessSince(say(first))}`
}
