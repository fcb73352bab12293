import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { type Resource, useResource } from '../../../data/use-resource.ts'
import type { Span } from '../../../format/span.ts'
import type { Changed } from '../../../live/changed.ts'
import { useChanged } from '../../../live/use-status.ts'
import { createLaneStore, type LaneStore } from './lane-store.ts'
import { type AuditFacts, loadAudit } from './load-audit.ts'
import { loadLane } from './load-lane.ts'
import type { LaneHead } from './to-lanes.ts'

export interface Audit {
  readonly facts: Resource<AuditFacts>
  readonly lanes: LaneStore
}

/** An account of all jobs is not cheap: after changes it is made again so often, or after so many times its own length. */
const LEAST_MS = 10_000
const REST = 20

/** The account of a range, and the lanes that are looked at; both follow the changes that the stream tells of. */
export function useAudit(
  key: string,
  span: Span,
  { scheduler, isHeld }: { scheduler: string; isHeld: boolean },
): Audit {
  const { apiOf, clock } = useApp()
  const wanted = useRef(span)
  wanted.current = span
  const tookMs = useRef(0)
  const facts = useResource(
    `audit ${key}`,
    async (api) => {
      const sinceMs = performance.now()
      const loaded = await loadAudit(api, wanted.current, clock.now())
      tookMs.current = performance.now() - sinceMs
      return loaded
    },
    { scheduler, isHeld, countNew },
  )
  const heads = useRef<ReadonlyMap<string, LaneHead>>(new Map())
  const shown = useRef(facts.data)
  shown.current = facts.data
  heads.current = useMemo(() => new Map(facts.data?.lanes.map((lane) => [lane.job, lane])), [facts.data])

  const lanes = useMemo(
    () =>
      createLaneStore(async (job, signal) => {
        const head = heads.current.get(job)
        if (!head || !shown.current) throw new Error('A lane is read that is not there.')
        return loadLane(apiOf(scheduler, signal), { head, span: shown.current.span, nowMs: clock.now() })
      }),
    [apiOf, clock, scheduler, key],
  )
  useLayoutEffect(() => () => lanes.close(), [lanes])
  useLayoutEffect(() => lanes.refreshAll(), [lanes, facts.data])
  useCalmReload({ scheduler, facts, lanes, tookMs, span })
  return { facts, lanes }
}

interface Calm {
  readonly scheduler: string
  readonly facts: Resource<AuditFacts>
  readonly lanes: LaneStore
  readonly tookMs: { readonly current: number }
  readonly span: Span
}

function useCalmReload({ scheduler, facts, lanes, tookMs, span }: Calm): void {
  const { clock } = useApp()
  const latest = useRef({ facts, lanes, span })
  latest.current = { facts, lanes, span }
  const isDue = useRef(false)
  useChanged(
    scheduler,
    'admin',
    useCallback(({ jobs }: Changed) => {
      isDue.current = true
      const { lanes: store } = latest.current
      if (jobs === 'many') store.refreshAll()
      else for (const job of jobs ?? []) store.refresh(job)
    }, []),
  )
  useLayoutEffect(
    () =>
      clock.subscribe(() => {
        const { data, isRefreshing, readAtMs, reload } = latest.current.facts
        if (data === null || isRefreshing) return
        const isMoved = data.span.toMs !== latest.current.span.toMs
        const restMs = Math.max(LEAST_MS, tookMs.current * REST)
        if (!isMoved && !(isDue.current && clock.now() - (readAtMs ?? 0) > restMs)) return
        isDue.current = false
        reload()
      }),
    [clock, tookMs],
  )
}

/** The jobs whose account is another one. */
function countNew(before: AuditFacts, next: AuditFacts): number {
  const known = new Map(before.lanes.map(({ job, counts }) => [job, JSON.stringify(counts)]))
  return next.lanes.filter(({ job, counts }) => known.get(job) !== JSON.stringify(counts)).length
}
