import type { ControlState, SchedulerCommand } from '../control/control.ts'
import type { DefineInput } from '../ports/definitions.ts'
import type { RecordInput } from '../ports/job-changes.ts'
import type { LockedJobs } from '../ports/locked-jobs.ts'
import type { SeriesQuery } from '../ports/measures.ts'
import type { Store } from '../ports/store.ts'
import type { JobNames } from './job-names.ts'
import { controlCalledHere } from './renamed-control.ts'

interface Named {
  readonly job: string
}

/**
 * A store that is asked with the names of jobs as this instance has them, and answers with them. Passes everything on as
 * it is while no job was renamed.
 */
export function createRenamingStore<S>(store: Store<S>, names: JobNames): Store<S> {
  return {
    ...unchanged(store),
    ...renamedDefinitions(store, names),
    ...renamedDecisions(store, names),
    ...renamedRuns(store, names),
    ...renamedReadings(store, names),
  }
}

/** The calls that name no job, or that tell the names themselves. */
function unchanged<S>(store: Store<S>) {
  return {
    capabilities: store.capabilities,
    register: (session, input) => store.register(session, input),
    readRenamed: (session, input) => store.readRenamed(session, input),
    readInstances: (session, input) => store.readInstances(session, input),
    renew: (session, input) => store.renew(session, input),
    release: (session, input) => store.release(session, input),
    prune: (session, input) => store.prune(session, input),
  } satisfies Partial<Store<S>>
}

/** Who has which jobs, and what is defined. */
function renamedDefinitions<S>(store: Store<S>, names: JobNames) {
  const { storedAs, stored, here, controlHere, asked } = renamesBy(names)
  const unlessPlain = unless(names)
  return {
    readOutdated: unlessPlain(
      (s, i) => store.readOutdated(s, i),
      async (session, input) => (await store.readOutdated(session, input)).map(names.calledHere),
    ),
    readStandings: unlessPlain(
      (s, i) => store.readStandings(s, i),
      async (session, input) => {
        const standings = await store.readStandings(session, { ...input, holds: input.holds.map(stored) })
        return standings.map((each) => ({ ...here(each), present: each.present && here(each.present) }))
      },
    ),
    define: unlessPlain(
      (s, i) => store.define(s, i),
      async (session, input) => controlHere(await store.define(session, definedAs(input, storedAs))),
    ),
    readDefinitions: unlessPlain(
      (s, i) => store.readDefinitions(s, i),
      async (session, input) => (await store.readDefinitions(session, asked(input))).map(here),
    ),
  } satisfies Partial<Store<S>>
}

/** The decisions under the locks, and the commands. */
function renamedDecisions<S>(store: Store<S>, names: JobNames) {
  const { storedAs, stored, here, controlHere } = renamesBy(names)
  const unlessPlain = unless(names)
  return {
    lockJobs: unlessPlain(
      (s, i) => store.lockJobs(s, i),
      async (session, input) => {
        const locked = await store.lockJobs(session, { ...input, jobs: input.jobs.map(storedAs) })
        return lockedHere(locked, names)
      },
    ),
    record: unlessPlain(
      (s, i) => store.record(s, i),
      async (session, input) => (await store.record(session, recordedAs(input, storedAs))).map(here),
    ),
    forgetJob: unlessPlain(
      (s, i) => store.forgetJob(s, i),
      (session, input) => store.forgetJob(session, stored(input)),
    ),
    readControl: unlessPlain(
      (s, i) => store.readControl(s, i),
      async (session, input) => {
        const control = await store.readControl(session, input)
        return control && controlHere(control)
      },
    ),
    applyCommand: unlessPlain(
      (s, i) => store.applyCommand(s, i),
      async (session, input) =>
        controlHere(await store.applyCommand(session, { ...input, command: commandOf(input.command, storedAs) })),
    ),
  } satisfies Partial<Store<S>>
}

/** The runs under way. */
function renamedRuns<S>(store: Store<S>, names: JobNames) {
  const { storedAs, stored, here } = renamesBy(names)
  const unlessPlain = unless(names)
  return {
    settle: unlessPlain(
      (s, i) => store.settle(s, i),
      (session, input) => store.settle(session, { ...input, settlements: input.settlements.map(stored) }),
    ),
    lockExpired: unlessPlain(
      (s, i) => store.lockExpired(s, i),
      async (session, input) =>
        (await store.lockExpired(session, { ...input, jobs: input.jobs.map(storedAs) })).map(here),
    ),
    lockReleased: unlessPlain(
      (s, i) => store.lockReleased(s, i),
      async (session, input) => {
        const startable = input.startable.map(storedAs)
        const released = await store.lockReleased(session, { ...input, startable })
        return { ...released, runs: released.runs.map(here) }
      },
    ),
    takeUp: unlessPlain(
      (s, i) => store.takeUp(s, i),
      async (session, input) => (await store.takeUp(session, input)).map(here),
    ),
    takeOver: unlessPlain(
      (s, i) => store.takeOver(s, i),
      async (session, input) => {
        const taken = await store.takeOver(session, { ...input, jobs: input.jobs.map(storedAs) })
        return { ...taken, runs: taken.runs.map(here) }
      },
    ),
    handOverAgain: unlessPlain(
      (s, i) => store.handOverAgain(s, i),
      async (session, input) =>
        (await store.handOverAgain(session, { ...input, jobs: input.jobs.map(storedAs) })).map(here),
    ),
  } satisfies Partial<Store<S>>
}

/** What a snapshot and lists are made of. */
function renamedReadings<S>(store: Store<S>, names: JobNames) {
  const { storedAs, calledHere, here, controlHere, asked } = renamesBy(names)
  const unlessPlain = unless(names)
  return {
    readMeasures: unlessPlain(
      (s, i) => store.readMeasures(s, i),
      async (session, { series, ...input }) => {
        const measures = await store.readMeasures(session, {
          ...input,
          ...(series && { series: series.of === 'run' ? seriesOf(series, storedAs) : series }),
        })
        return { ...measures, control: controlHere(measures.control), jobs: measures.jobs.map(here) }
      },
    ),
    listEntries: unlessPlain(
      (s, i) => store.listEntries(s, i),
      async (session, query) => {
        const page = await store.listEntries(session, asked(query))
        return { ...page, items: page.items.map(here) }
      },
    ),
    listLog: unlessPlain(
      (s, i) => store.listLog(s, i),
      async (session, query) => {
        const page = await store.listLog(session, asked(query))
        return { ...page, items: page.items.map((entry) => ({ ...entry, job: entry.job && calledHere(entry.job) })) }
      },
    ),
  } satisfies Partial<Store<S>>
}

/** The call as it is for plain names; otherwise the one that renames. */
function unless(names: JobNames) {
  return <S, I, T>(plain: (session: S, input: I) => Promise<T>, renaming: (session: S, input: I) => Promise<T>) =>
    (session: S, input: I): Promise<T> =>
      names.arePlain ? plain(session, input) : renaming(session, input)
}

function renamesBy(names: JobNames) {
  const { storedAs, calledHere } = names
  return {
    storedAs,
    calledHere,
    stored: <T extends Named>(of: T): T => ({ ...of, job: storedAs(of.job) }),
    here: <T extends Named>(of: T): T => {
      const job = calledHere(of.job)
      // Most jobs have one name; a copy of what was measured of a job would add up what it counted.
      return job === of.job ? of : { ...of, job }
    },
    controlHere: (control: ControlState) => controlCalledHere(control, names),
    /** As the store is asked about one job, about some, or about all. */
    asked: <Q extends { readonly job?: string; readonly jobs?: readonly string[] }>(query: Q): Q => ({
      ...query,
      ...(query.job !== undefined && { job: storedAs(query.job) }),
      ...(query.jobs !== undefined && { jobs: query.jobs.map(storedAs) }),
    }),
  }
}

type Rename = (name: string) => string

function seriesOf({ name, names, ...series }: SeriesQuery, storedAs: Rename): SeriesQuery {
  return {
    ...series,
    ...(name !== undefined && { name: storedAs(name) }),
    ...(names !== undefined && { names: names.map(storedAs) }),
  }
}

function definedAs({ enters, added, ended, begun, ...input }: DefineInput, storedAs: Rename): DefineInput {
  const stored = <T extends Named>(of: T): T => ({ ...of, job: storedAs(of.job) })
  return {
    ...input,
    enters: enters && { ...enters, holds: enters.holds.map(stored) },
    ...(added && { added: added.map(stored) }),
    ended: ended.map(stored),
    begun: begun.map((each) => ({ ...stored(each), called: each.job })),
  }
}

function recordedAs({ changes, ...input }: RecordInput, storedAs: Rename): RecordInput {
  const stored = <T extends Named>(of: T): T => ({ ...of, job: storedAs(of.job) })
  return {
    ...input,
    changes: changes.map((change) => {
      return { ...stored(change), unrun: change.unrun.map(stored), claims: change.claims.map(stored) }
    }),
  }
}

function lockedHere(locked: LockedJobs, names: JobNames): LockedJobs {
  const here = <T extends Named>(of: T): T => ({ ...of, job: names.calledHere(of.job) })
  return {
    ...locked,
    control: controlCalledHere(locked.control, names),
    jobs: locked.jobs.map(here),
    ...(locked.unreadable && { unreadable: locked.unreadable.map(here) }),
    ...(locked.locked && { locked: locked.locked.map(names.calledHere) }),
  }
}

type Commands = SchedulerCommand | readonly SchedulerCommand[]

function commandOf(given: Commands, storedAs: Rename): readonly SchedulerCommand[] {
  return [given].flat().map((command) => ('job' in command ? { ...command, job: storedAs(command.job) } : command))
}
