import type { LibraryAudience } from '../../reading/audience.ts'
import type { SchedulerSnapshot, SnapshotReading } from '../../reading/snapshot.ts'
import { anyChanges, changesBetween, isNothing } from './changes.ts'
import { essenceOf } from './essence.ts'
import { type Frame, type FrameMaker, toEvent } from './frame.ts'
import type { StatusAnswers } from './status-answers.ts'

/** What a frame was made of. */
interface Source {
  readonly snapshot: SchedulerSnapshot
  readonly stale: boolean
  readonly essence: string
  /** The ids of the frames that told the same, from the first one on. */
  readonly since: string
}

/**
 * Frames that carry the status and what has changed since the frame before. There is none while only time passes: no
 * second of uptime and no heartbeat of an instance is news.
 */
export function createFramesV2(
  audience: LibraryAudience,
  statusOf: (reading: SnapshotReading) => StatusAnswers,
): FrameMaker {
  const sources = new WeakMap<Frame, Source>()
  const anything = changedIn(anyChanges(audience))

  function make(reading: SnapshotReading, { essence, since, changed }: Told): Frame {
    const { snapshot, stale } = reading
    const { id } = snapshot
    const status = [STATUS, statusOf(reading).full.body ?? NOTHING]
    const whole = toEvent(id, ...status, anything)
    const next = changed === null ? whole : toEvent(id, ...status, changed)
    // The same snapshot has the same id before and after it became stale.
    const frame = { id, whole, next, knows: (lastEventId: string) => !stale && isWithin(lastEventId, since, id) }
    sources.set(frame, { snapshot, stale, essence, since })
    return frame
  }

  return {
    next(reading, before) {
      const { snapshot } = reading
      const source = before && sources.get(before)
      if (source?.snapshot === snapshot && source.stale === reading.stale) return null
      const essence = essenceOf(statusOf(reading).status)
      if (!source) return make(reading, { essence, since: snapshot.id, changed: null })
      const changes = changesBetween(audience, source.snapshot, snapshot)
      if (source.essence === essence && isNothing(changes)) return null
      return make(reading, { essence, since: snapshot.id, changed: changedIn(changes) })
    },
    again(reading, before) {
      const source = sources.get(before)
      if (!source || (source.snapshot === reading.snapshot && !reading.stale)) return before
      return make(reading, { ...source, changed: null })
    },
  }
}

interface Told extends Pick<Source, 'essence' | 'since'> {
  readonly changed: Buffer | null
}

const STATUS = Buffer.from('{"status":')
const NOTHING = Buffer.from('null')

function changedIn(changes: object): Buffer {
  return Buffer.from(`,"changed":${JSON.stringify(changes)}}`)
}

/** Whether an id is of the same process, and between the two. */
function isWithin(id: string, first: string, last: string): boolean {
  const [epoch, number] = partsOf(id)
  const [[firstEpoch, from], [lastEpoch, to]] = [partsOf(first), partsOf(last)]
  return epoch === firstEpoch && epoch === lastEpoch && number >= from && number <= to
}

function partsOf(id: string): readonly [epoch: string, number: number] {
  const [, epoch = '', number = ''] = /^([\da-f]{1,16})-(\d{1,15})$/.exec(id) ?? []
  return [epoch, number === '' ? Number.NaN : Number(number)]
}
