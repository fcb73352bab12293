import * as z from 'zod'

import { toIso } from '../clock.ts'
import { DESIRED_STATES } from '../control/control.ts'
import type { MetricScope } from '../metrics/scope.ts'
import { stoppedMetrics } from '../metrics/stopped-metrics.ts'
import type { MetricSubject, MetricSubjects } from '../metrics/subjects.ts'
import { FOR_ADMINS, FOR_EVERYONE } from '../metrics/tables/rows.ts'
import type { Described } from '../reading/described.ts'
import { HEALTH_STATUSES, healthOf } from '../reading/health.ts'
import { INSTANCE_STATES } from '../reading/instance-reading.ts'
import { JOB_CONDITIONS } from '../reading/job-conditions.ts'
import { type AbandonedHandler, CUSTOM_ERROR_CODES, FEEDS_ERROR_CODES } from '../reading/snapshot.ts'
import { type MetricUnit, UNIT_NAMES } from '../reading/units.ts'
import { SETTLED_RUN_STATES } from '../run/states.ts'
import { describeSchedule } from '../schedule/describe-schedule.ts'
import { SCHEDULER_ROLES } from '../state/role.ts'
import { observedState, timestamp } from './fields.ts'

/** A value of a view that is not a number, as data: a name, a state, a code, an instant of the response itself. */
export interface Fact extends Pick<Described, 'audience' | 'sensitivity' | 'help'> {
  readonly of: MetricSubject
  readonly schema: () => z.ZodType
  readonly read: (reading: never) => FactValue
}

/** Never a number, since numbers are metrics. */
export type FactValue = string | boolean | null | readonly string[]

/** The most sentences of a response about its health. */
const MOST_DETAILS = 20

function describeAbandoned({ job, runId, since }: AbandonedHandler): string {
  return `The handler of job "${job}" goes on although its run ${runId} ended at ${toIso(since)}.`
}

/** The one table of facts. Free text, hosts and people are for operations alone. */
export const FACTS = {
  snapshot_id: forEveryone('snapshot', {
    schema: () => z.string(),
    read: ({ snapshot }) => snapshot.id,
    help: 'A random epoch of the scheduler in its process, and a sequence. Two responses with the same id agree number for number.',
  }),
  as_of: forEveryone('snapshot', {
    schema: () => timestamp(),
    read: ({ snapshot }) => toIso(snapshot.asOf),
    help: 'The instant of the snapshot; windows end at it.',
  }),
  stale: forEveryone('snapshot', {
    schema: () => z.boolean(),
    read: ({ stale }) => stale,
    help: 'True when the store could not be reached, and this is what was last read of it.',
  }),
  definitions_version: forEveryone('snapshot', {
    schema: () => z.string(),
    read: ({ snapshot }) => snapshot.definitionsVersion,
    help: 'Changes exactly when the definition of a metric does.',
  }),
  no_longer_exact: forEveryone('snapshot', {
    schema: () => z.array(z.string()).readonly(),
    read: ({ snapshot }) => stoppedMetrics(snapshot),
    help: 'The ids of the metrics that are null because a sum of theirs has reached 2^53 - 1, where counting stops; empty but for absurd reports.',
  }),
  scheduler_name: forEveryone('scheduler', {
    schema: () => z.string(),
    read: ({ name }) => name,
    help: 'The name of the scheduler.',
  }),
  state: forEveryone('scheduler', {
    schema: () => observedState(),
    read: ({ state }) => state,
    help: 'What the scheduler is, as opposed to what was asked of it.',
  }),
  health: forEveryone('scheduler', {
    schema: () => z.enum(HEALTH_STATUSES),
    read: healthOf,
    help: 'Whether it is well: `fail` when it does not do what is desired, `warn` when it does and something is not as it should be.',
  }),
  health_reasons: forEveryone('scheduler', {
    schema: () => z.array(z.string()).readonly(),
    read: ({ reasons }) => reasons,
    help: 'Machine codes of what is not well; empty when everything is.',
  }),
  health_details: forAdmins('scheduler', {
    schema: () => z.array(z.string()).readonly(),
    read: ({ abandoned }) => abandoned.slice(0, MOST_DETAILS).map(describeAbandoned),
    help: 'What is not well, in words with the jobs and runs, at most 20 sentences; empty when nothing is, or its code says it all.',
  }),
  desired_state: forAdmins('scheduler', {
    schema: () => z.enum(DESIRED_STATES),
    read: ({ desired }) => desired,
    help: 'What was asked of the scheduler. Kept in the store, valid for every instance.',
  }),
  desired_by: forAdmins('scheduler', {
    schema: () => z.string(),
    read: ({ asked }) => asked.by,
    help: 'Who asked for the desired state.',
  }),
  desired_why: forAdmins('scheduler', {
    schema: () => z.string().nullable(),
    read: ({ asked }) => asked.why,
    help: 'Why it was asked for.',
  }),
  desired_at: forAdmins('scheduler', {
    schema: () => timestamp(),
    read: ({ asked }) => toIso(asked.at),
    help: 'When it was asked for.',
  }),
  job_name: forEveryone('job', { schema: () => z.string(), read: ({ name }) => name, help: 'The name of the job.' }),
  job_schedule: forEveryone('job', {
    schema: () => z.string(),
    read: ({ schedule }) => describeSchedule(schedule),
    help: 'The rule that yields its due times, in words.',
  }),
  job_paused: forEveryone('job', {
    schema: () => z.boolean(),
    read: ({ paused }) => paused !== null,
    help: 'Whether the job is paused by itself, whatever the scheduler is.',
  }),
  job_conditions: forAdmins('job', {
    schema: () => z.array(z.enum(JOB_CONDITIONS)).readonly(),
    read: ({ conditions }) => conditions,
    help: 'The problems of the job, worst first; empty when it has none.',
  }),
  job_paused_until: forAdmins('job', {
    schema: () => timestamp().nullable(),
    read: ({ paused }) => (paused === null || paused.until === null ? null : toIso(paused.until)),
    help: 'When the pause of the job ends by itself; null when it does not, or the job is not paused.',
  }),
  job_last_outcome: forAdmins('job', {
    schema: () => z.enum(SETTLED_RUN_STATES).nullable(),
    read: ({ lastOutcome }) => lastOutcome,
    help: 'How the last settled run of the job ended; null before one has.',
  }),
  job_last_error_code: forAdmins('job', {
    schema: () => z.string().nullable(),
    read: ({ lastErrorCode }) => lastErrorCode,
    help: 'The code of the error of the last failed run of the job; null before one has failed. A later success does not clear it.',
  }),
  provider_name: forEveryone('provider', {
    schema: () => z.string(),
    read: ({ name }) => name,
    help: 'The name of the provider.',
  }),
  provider_enabled: forEveryone('provider', {
    schema: () => z.boolean(),
    read: ({ enabled }) => enabled,
    help: 'Whether the host enables it and no operator has switched it off.',
  }),
  provider_api_key_configured: forEveryone('provider', {
    schema: () => z.boolean().nullable(),
    read: ({ apiKeyConfigured }) => apiKeyConfigured,
    help: 'Whether it has the key that it needs; null when it needs none.',
  }),
  feeds_error: forEveryone('snapshot', {
    schema: () => z.enum(FEEDS_ERROR_CODES).nullable(),
    read: ({ snapshot }) => snapshot.feeds.error,
    help: 'The code of what kept the feeds from being read; null when they were.',
  }),
  feed_provider: forEveryone('feed', {
    schema: () => z.string(),
    read: ({ provider }) => provider,
    help: 'The provider that delivers the feed.',
  }),
  feed_name: forEveryone('feed', {
    schema: () => z.string(),
    read: ({ feed }) => feed,
    help: 'The symbol or other name of the feed.',
  }),
  feed_status: forEveryone('feed', {
    // The host's source decides which words there are, so schemaOf takes them.
    schema: () => z.string(),
    read: ({ status }) => status,
    help: "How fresh the feed is, judged by its age and the exchange's calendar: silence of a closed market is no staleness.",
  }),
  feed_reason: forEveryone('feed', {
    schema: () => z.string().nullable(),
    read: ({ reason }) => reason ?? null,
    help: 'The code of why the feed has its status, such as on_time; null where the host gives none. The list of feeds has a sentence for each.',
  }),
  instance_id: forAdmins('instance', {
    schema: () => z.string(),
    read: ({ id }) => id,
    help: 'The id of the process.',
  }),
  instance_is_current: forAdmins('instance', {
    schema: () => z.boolean(),
    read: ({ isCurrent }) => isCurrent,
    help: 'Whether it is the process that answers.',
  }),
  instance_host: forAdmins('instance', {
    schema: () => z.string().nullable(),
    read: ({ host }) => host,
    help: 'The name of its machine or container; null where its runtime does not tell.',
  }),
  instance_process: forAdmins('instance', {
    schema: () => z.string().nullable(),
    read: ({ pid }) => (pid === null ? null : String(pid)),
    help: 'The number of its process on that host, as text: it is no quantity.',
  }),
  instance_version: forAdmins('instance', {
    schema: () => z.string().nullable(),
    read: ({ version }) => version,
    help: 'What its host told as its deployment, such as a release number; null where it told none.',
  }),
  instance_role: forAdmins('instance', {
    schema: () => z.enum(SCHEDULER_ROLES),
    read: ({ role }) => role,
    help: 'scheduler: it decides what is due, and runs it or hands it to an engine. worker: it runs what an engine brings. observer: it answers here and runs nothing, and is not counted.',
  }),
  instance_state: forAdmins('instance', {
    schema: () => z.enum(INSTANCE_STATES),
    read: ({ state }) => state,
    help: 'What it does: running, paused, draining (stopped, and runs of it still go on), stopped, or silent: its heartbeats have ended, and within minutes it is not listed any more.',
  }),
  instance_time_zone_data: forAdmins('instance', {
    schema: () => z.string().nullable(),
    read: ({ timeZoneData }) => timeZoneData,
    help: 'The version of its time zone data, such as 2026a; null where its runtime does not tell.',
  }),
  session_unit: forAdmins('session', {
    schema: () => z.string(),
    read: ({ unit }) => unit,
    help: 'Whose session it is: `job:poll` for a handler of the job poll, or what the scheduler does with it, such as `tick`.',
  }),
  own_metric_title: forAdmins('own', {
    schema: () => z.string(),
    read: ({ definition }) => definition.title,
    help: 'What the host calls the metric of its own.',
  }),
  own_metric_unit: forAdmins<'own', MetricUnit>('own', {
    schema: () => z.enum(UNIT_NAMES),
    read: ({ definition }) => definition.unit,
    help: 'In what it is counted.',
  }),
  own_metric_error: forAdmins('own', {
    schema: () => z.enum(CUSTOM_ERROR_CODES).nullable(),
    read: ({ error }) => error,
    help: 'The code of why it has no value; null when it was read.',
  }),
} as const satisfies Record<string, Fact>

export type FactId = keyof typeof FACTS

export const FACT_IDS = Object.keys(FACTS) as readonly FactId[]

/** The value of a fact in a scope; `null` where the scope has no such subject. */
export function readFact({ of, read }: Fact, scope: MetricScope): FactValue {
  const reading: unknown = scope[of]
  return reading === undefined ? null : read(reading as never)
}

/** The type of a fact in a response. */
export type FactOf<Id extends FactId> = z.output<ReturnType<(typeof FACTS)[Id]['schema']>>

interface BoundFact<S extends MetricSubject, V extends FactValue>
  extends Pick<Fact, 'audience' | 'sensitivity'>,
    FactRow<S, V> {
  readonly of: S
}

interface FactRow<S extends MetricSubject, V extends FactValue> {
  readonly schema: () => z.ZodType<V>
  readonly read: (reading: MetricSubjects[S]) => NoInfer<V>
  readonly help: string
}

function forEveryone<S extends MetricSubject, V extends FactValue>(of: S, row: FactRow<S, V>): BoundFact<S, V> {
  return { of, ...row, ...FOR_EVERYONE }
}

function forAdmins<S extends MetricSubject, V extends FactValue>(of: S, row: FactRow<S, V>): BoundFact<S, V> {
  return { of, ...row, ...FOR_ADMINS }
}
