import type { ControlState } from '../control/control.ts'
import type { Store } from '../ports/store.ts'
import type { Configuration } from './configuration.ts'
import type { JobNames } from './job-names.ts'
import type { OutdatedJobs } from './outdated-jobs.ts'
import { controlCalledHere } from './renamed-control.ts'
import type { SchedulerState } from './scheduler-state.ts'

export interface FollowControl<S> {
  /**
   * Takes over a control state that was read in this unit of work, the definitions that belong to it, and which jobs are
   * left to others for their time zone data. Costs one comparison while nothing of these has changed.
   */
  follow(session: S, control: ControlState): Promise<void>
  /** The same of one that this unit has written: answers what takes it over, to be called once the unit is committed. */
  followWritten(session: S, control: ControlState): Promise<() => void>
}

export interface FollowControlParts<S> {
  readonly scheduler: string
  readonly store: Pick<Store<S>, 'readDefinitions' | 'readRenamed' | 'readOutdated'>
  readonly names: JobNames
  readonly state: Pick<SchedulerState, 'adopt'>
  readonly configuration: Pick<Configuration<S>, 'definitions' | 'define'>
  readonly outdated: Pick<OutdatedJobs, 'adopt'>
  /** The version of this process's time zone data. */
  readonly timeZoneData: string | null
}

export function createFollowControl<S>(parts: FollowControlParts<S>): FollowControl<S> {
  const { scheduler, store, names, state, configuration, outdated, timeZoneData } = parts

  async function followWritten(session: S, control: ControlState): Promise<() => void> {
    const known = configuration.definitions.version
    const adopt = () => state.adopt(controlCalledHere(control, names))
    if (control.definitions <= known) return adopt
    names.adopt(await store.readRenamed(session, { scheduler }))
    const changed = known < 0 ? {} : { changedAfter: known }
    const spans = await store.readDefinitions(session, { scheduler, ...changed })
    const leftToOthers = await store.readOutdated(session, { scheduler, timeZoneData })
    return () => {
      outdated.adopt(leftToOthers)
      configuration.define({ version: control.definitions, spans })
      adopt()
    }
  }

  return {
    async follow(session, control) {
      const takeOver = await followWritten(session, control)
      takeOver()
    },
    followWritten,
  }
}
