import { type AlertRule, BY_JOB, BY_SCHEDULER, JOB, type RuleMaker, SCHEDULER } from './alert-rule.ts'
import { prometheusNameOf as name } from './name-of.ts'
import { DAY, HOUR, MINUTE } from './rule-time.ts'
import { inState } from './scheduler-rules.ts'

/** Alerts that name a job. */
export function jobRules(make: RuleMaker): readonly AlertRule[] {
  return [...successRules(make), ...queueRules(make), ...dueTimeRules(make)]
}

function successRules({ critical, warning, seconds }: RuleMaker): readonly AlertRule[] {
  return [
    warning('JobKeepsFailing', {
      expr: `max by (${BY_JOB}) (${name('consecutive_failures')}) >= 3`,
      summary: `Job ${JOB} of ${SCHEDULER} has failed {{ $value }} times in a row`,
      description: 'The last runs of the ledger hold the errors.',
    }),
    critical('JobOverdue', {
      expr:
        `max by (${BY_JOB}) (${name('overdue_seconds')}) > ` +
        `max by (${BY_JOB}) (${name('overdue_allowed_seconds')}) ` +
        `unless on (${BY_JOB}) max by (${BY_JOB}) (${name('paused_since')}) ` +
        `unless on (${BY_SCHEDULER}) (${inState('paused')})`,
      for: MINUTE,
      summary: `Job ${JOB} of ${SCHEDULER} was due and has not succeeded for {{ $value }} seconds`,
      description: 'That is longer than its grace and its time limit allow: what it keeps up to date is too old.',
    }),
    warning('JobPauseLasts', {
      expr: `time() - max by (${BY_JOB}) (${name('paused_since')}) > ${seconds(DAY)}`,
      summary: `Job ${JOB} of ${SCHEDULER} has been paused for over a day`,
      description: 'It does not run until somebody resumes it; the control log says who paused it and why.',
    }),
  ]
}

/** Nothing is taken over while the job or the scheduler is paused or stopped. */
const unlessHeld = () =>
  `unless on (${BY_JOB}) max by (${BY_JOB}) (${name('paused_since')}) ` +
  `unless on (${BY_SCHEDULER}) (${inState('paused')}) ` +
  `unless on (${BY_SCHEDULER}) (${inState('stopped')})`

function queueRules({ critical, warning, seconds }: RuleMaker): readonly AlertRule[] {
  return [
    warning('QueueStalled', {
      expr: `max by (${BY_JOB}) (${name('oldest_queued_seconds')}) > ${seconds(10 * MINUTE)} ${unlessHeld()}`,
      for: MINUTE,
      summary: `A run of job ${JOB} of ${SCHEDULER} has been queued for {{ $value }} seconds`,
      description:
        'Ten hand-overs to its queue brought it to no worker: the workers have no room, or what carries the runs does not deliver.',
    }),
    critical('JobWithoutWorker', {
      expr:
        `max by (${BY_JOB}) (${name('queued_runs')}) > 0 ` +
        `unless max by (${BY_JOB}) (${name('job_workers')}) > 0 ${unlessHeld()}`,
      for: MINUTE,
      summary: `{{ $value }} runs of job ${JOB} of ${SCHEDULER} are queued, and no live worker has it`,
      description: 'Its workers are down, or none of a deployment knows it: the runs wait until one does.',
    }),
  ]
}

function dueTimeRules({ warning, increase }: RuleMaker): readonly AlertRule[] {
  return [
    warning('DueTimesMissed', {
      expr: `max by (${BY_JOB}) (${increase('missed_runs', 15 * MINUTE)}) > 0`,
      summary: `Job ${JOB} of ${SCHEDULER} missed due times`,
      description: 'Nobody was there at these due times, or the process was too busy to start them in time.',
    }),
    warning('RunsOrphaned', {
      expr: `max by (${BY_JOB}) (${increase('failed_runs_orphaned', 15 * MINUTE)}) > 0`,
      summary: `A process died in the middle of a run of ${JOB}`,
      description: 'Its lease ran out; with onOrphan "rerun" another process runs it again.',
    }),
    warning('RunsInterrupted', {
      expr: `max by (${BY_JOB}) (${increase('interrupted_runs', 15 * MINUTE)}) > 0`,
      summary: `A shutdown broke off a run of ${JOB}`,
      description: 'It did not end within the grace of the shutdown, and nobody takes it up again.',
    }),
    warning('RunsOverlap', {
      expr: `max by (${BY_JOB}) (${increase('skipped_runs_overlap', HOUR)}) > 3`,
      summary: `Job ${JOB} of ${SCHEDULER} takes longer than its interval`,
      description: 'More than three due times in an hour met a run that was still going.',
    }),
  ]
}
