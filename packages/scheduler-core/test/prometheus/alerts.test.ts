import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { schedulerAlertRules } from '../../src/monitoring/prometheus/alert-rules.ts'
import { registerSchedulerMetrics } from '../../src/monitoring/prometheus/register-scheduler-metrics.ts'
import { DECLARED } from '../declared.ts'
import { INCIDENTS, type Incident } from './incidents.ts'
import { hasPrometheus, type RealPrometheus, SCRAPE, startPrometheus } from './real-prometheus.ts'
import { createWorld, MINUTE, QUIET_MINUTES, type World } from './world.ts'

/** The alerts that need no scheduler of their own kind, and the one of a handler that keeps its session. */
const OTHERS = [
  { alert: 'NoSchedulerIsPublished', timeScale: 1 / 14_400 },
  { alert: 'SchedulerGone', timeScale: 1 / 100 },
  { alert: 'SchedulerSessionOpenTooLong', timeScale: 1 / 100 },
]

type Opening = Pick<Incident, 'alert' | 'jobLimit' | 'isQueued'>

/** The very rules that are shipped, each with its times shortened. */
const RULES = [...INCIDENTS, ...OTHERS].map(({ alert, timeScale }) => {
  const rule = schedulerAlertRules(DECLARED, { timeScale }).groups[0].rules.find((one) => one.alert === alert)
  if (!rule) throw new Error(`There is no rule ${alert}.`)
  return rule
})

/** A scrape of a real Prometheus in its default configuration sees each alert fire and clear. */
describe.skipIf(!hasPrometheus)('A real Prometheus', () => {
  const registry = new Registry()
  const worlds = new Map<string, World>()
  let prometheus: RealPrometheus

  const firing = async (alert: string) =>
    (await prometheus.firing()).filter(
      ({ alertname, scheduler = nameOf(alert) }) => alertname === alert && scheduler === nameOf(alert),
    )
  const fires = (alert: string, labels: Readonly<Record<string, string>>) =>
    soon(async () => expect(await firing(alert)).toEqual([{ alertname: alert, ...labels }]))
  const clears = (alert: string) => soon(async () => expect(await firing(alert)).toEqual([]))

  function worldOf(alert: string): World {
    const world = worlds.get(alert)
    if (!world) throw new Error(`There is no world of ${alert}.`)
    return world
  }

  /** Opens a scheduler named like the alert, and publishes it. */
  async function open({ alert, jobLimit, isQueued = false }: Opening): Promise<void> {
    const world = await createWorld(nameOf(alert), { isQueued })
    worlds.set(alert, world)
    await world.pass(QUIET_MINUTES)
    publish(alert, jobLimit)
  }

  function publish(alert: string, jobLimit = 1_000): () => void {
    return registerSchedulerMetrics(registry, worldOf(alert).manual.scheduler, { jobLimit })
  }

  beforeAll(async () => {
    prometheus = await startPrometheus(registry, RULES)
    await soon(async () => expect(await prometheus.firing()).toMatchObject([{ alertname: 'NoSchedulerIsPublished' }]))
    for (const incident of INCIDENTS) await open(incident)
    for (const alert of ['SchedulerGone', 'SchedulerSessionOpenTooLong']) await open({ alert })
    const seenTwice = `count_over_time(scheduler_uptime_seconds{job="${SCRAPE}"}[20s]) >= 2`
    await soon(async () => expect(await prometheus.count(seenTwice)).toBe(worlds.size))
  }, 60_000)

  afterAll(async () => {
    for (const { manual, othersLeave } of worlds.values()) {
      await othersLeave()
      await manual.close()
    }
    await prometheus?.stop()
  })

  it('has a story for each rule that is shipped', () => {
    const shipped = schedulerAlertRules(DECLARED).groups[0].rules.map(({ alert }) => alert)
    expect(RULES.map(({ alert }) => alert).toSorted()).toEqual(shipped.toSorted())
  })

  it('keeps the names of our jobs beside its own', async () => {
    expect(await prometheus.count(`scheduler_runs_total{job="${SCRAPE}", scheduler_job="poll"}`)).toBe(worlds.size - 1)
    expect(await prometheus.count('{exported_job!=""}')).toBe(0)
    expect(await firing('NoSchedulerIsPublished')).toEqual([])
  })

  it.concurrent.each(INCIDENTS)('raises $alert when $story, and lets it go', async (incident: Incident) => {
    const { alert, of = {}, severity = 'warning', spoil, mend, jobLimit } = incident
    const world = worldOf(alert)
    expect(await firing(alert)).toEqual([])
    await spoil(world)
    // After a restart it is another object of the same name.
    publish(alert, jobLimit)
    await fires(alert, { severity, scheduler: nameOf(alert), ...of })
    await mend?.(world)
    await clears(alert)
  })

  it.concurrent('raises SchedulerGone when nobody publishes a scheduler any more, until somebody does', async () => {
    const alert = 'SchedulerGone'
    publish(alert)()
    await fires(alert, { severity: 'critical', scheduler: nameOf(alert) })
    publish(alert)
    await clears(alert)
  })

  it.concurrent('raises SchedulerSessionOpenTooLong while a handler keeps its session', async () => {
    const alert = 'SchedulerSessionOpenTooLong'
    const world = worldOf(alert)
    const kept = Promise.withResolvers<void>()
    world.handler = ({ withSession }) => withSession(() => kept.promise)
    // Not `pass`, which waits until no session is open.
    await world.manual.clock.advance(2 * MINUTE)
    await fires(alert, { severity: 'warning', scheduler: nameOf(alert) })
    world.handler = () => {}
    kept.resolve()
    await world.pass(1)
    await clears(alert)
  })
})

/** The scheduler of a story has the name of its alert. */
function nameOf(alert: string): string {
  return alert.toLowerCase()
}

/** A hook cannot poll with `expect`. */
function soon(asserted: () => Promise<void>): Promise<void> {
  return vi.waitFor(asserted, { timeout: 25_000, interval: 200 })
}
