import type { EpochMs } from '../clock.ts'
import type { ControlState, DesiredState, Pause } from '../control/control.ts'
import { hasPauses, pauseIn } from '../control/pauses.ts'

/** A stretch of time in which a job's due times do not run, and the state that they get. */
export interface InactiveSpan {
  /** Due times after this instant … */
  readonly after: EpochMs
  /** … up to and including this one; `Infinity` when the pause or stop has no end. */
  readonly upTo: EpochMs
  readonly as: 'suppressed' | 'missed'
}

/** The desired state at `now`: a pause ends by itself at its `until`. */
export function effectiveDesired(control: ControlState, now: EpochMs): DesiredState {
  const over = control.desired === 'paused' && control.pausedUntil !== null && control.pausedUntil <= now
  return over ? 'running' : control.desired
}

/** The job's own pause, unless it has none or the pause has ended. */
export function pauseOf(control: ControlState, job: string, now: EpochMs): Pause | null {
  const pause = pauseIn(control, job)
  return pause && (pause.until === null || pause.until > now) ? pause : null
}

/** Whether runs of the job may start now: the job is not paused, and the scheduler is neither paused nor stopped. */
export function mayStart(control: ControlState, job: string, now: EpochMs): boolean {
  return effectiveDesired(control, now) === 'running' && pauseOf(control, job, now) === null
}

/** When the first pause ends that holds the job back now; `null` when none has an end. */
export function pauseEndOf(control: ControlState, job: string, now: EpochMs): EpochMs | null {
  const scheduler = effectiveDesired(control, now) === 'paused' ? control.pausedUntil : null
  const own = pauseOf(control, job, now)?.until ?? null
  const ends = [scheduler, own].filter((end) => end !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

/**
 * The inactive stretches of one job by the control state: due times in a pause are suppressed, due times in a stop are
 * missed.
 */
export function inactiveSpans(control: ControlState, job: string): readonly InactiveSpan[] {
  const pause = pauseIn(control, job)
  if (control.desired === 'running' && !pause) return NONE
  const spans: InactiveSpan[] = []
  if (control.desired === 'stopped') spans.push({ after: control.at, upTo: Infinity, as: 'missed' })
  if (control.desired === 'paused') {
    spans.push({ after: control.at, upTo: control.pausedUntil ?? Infinity, as: 'suppressed' })
  }
  if (pause) spans.push({ after: pause.at, upTo: pause.until ?? Infinity, as: 'suppressed' })
  return spans
}

/** `inactiveSpans` of many jobs by one control state: without a pause of any job, all have the same and none is looked up. */
export function inactiveSpansOf(control: ControlState): (job: string) => readonly InactiveSpan[] {
  if (hasPauses(control)) return (job) => inactiveSpans(control, job)
  const common = inactiveSpans(control, '')
  return () => common
}

/** Shared by nearly all jobs. */
const NONE: readonly InactiveSpan[] = Object.freeze([])

/** A part of an interval in which all due times are treated alike. */
export interface Segment {
  readonly after: EpochMs
  readonly upTo: EpochMs
  readonly fate: 'active' | InactiveSpan['as']
}

/** Cuts `(after, upTo]` where an inactive span begins or ends. A due time in a stop and a pause is missed. */
export function cutByInactivity(after: EpochMs, upTo: EpochMs, spans: readonly InactiveSpan[]): readonly Segment[] {
  if (spans.length === 0) return after < upTo ? [{ after, upTo, fate: 'active' }] : []
  const cuts = spans.flatMap((span) => [span.after, span.upTo]).filter((cut) => cut > after && cut < upTo)
  const bounds = [after, ...[...new Set(cuts)].sort((a, b) => a - b), upTo]
  const segments: Segment[] = []
  for (const [index, end] of bounds.entries()) {
    const start = bounds[index - 1]
    if (start === undefined || start >= end) continue
    const fates = spans.filter((span) => span.after <= start && span.upTo >= end).map((span) => span.as)
    const fate = fates.includes('missed') ? 'missed' : (fates[0] ?? 'active')
    segments.push({ after: start, upTo: end, fate })
  }
  return segments
}
