import type { Scheduler } from '@pm/scheduler-core'
import type { FetchMounts } from '@pm/scheduler-testing/conformance'

/** What the contract suite wants served. */
export interface Scene {
  readonly scheduler: Scheduler
  readonly mounts: FetchMounts
}

const kept = globalThis as { contractScenes?: Map<string, Scene> }

kept.contractScenes ??= new Map()

/** The scenes that are open, by number: the suite puts them here, and a route of the app serves them. */
export const scenes = kept.contractScenes
