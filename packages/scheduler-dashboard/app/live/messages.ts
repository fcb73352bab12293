import type { Connection } from '@pm/scheduler-core/client'
import type { Changed } from './changed.ts'
import type { AnyStatus, Topic } from './topic.ts'

/** What went wrong with a topic, as far as a page needs it. */
export interface Trouble {
  readonly code: string
  readonly status: number | null
  readonly message: string
}

/** From the one who holds the streams to the tabs. */
export type News =
  | {
      readonly kind: 'status'
      readonly topic: Topic
      readonly status: AnyStatus
      readonly id: string
      readonly changed: Changed
    }
  | { readonly kind: 'connection'; readonly topic: Topic; readonly connection: Connection }
  | { readonly kind: 'trouble'; readonly topic: Topic; readonly trouble: Trouble | null }

/** From a tab to the one who holds the streams. `tab` is also the name of the lock that the tab holds while it lives. */
export type Wish =
  | { readonly kind: 'hello'; readonly tab: string; readonly mount: string }
  | { readonly kind: 'follow'; readonly tab: string; readonly topic: Topic }
  | { readonly kind: 'leave'; readonly tab: string; readonly topic: Topic }
  | { readonly kind: 'bye'; readonly tab: string }
