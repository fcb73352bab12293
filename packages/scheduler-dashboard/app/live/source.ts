import type { News } from './messages.ts'
import type { Topic } from './topic.ts'

/** Where a tab gets its news from. */
export interface Source {
  follow(topic: Topic): void
  leave(topic: Topic): void
  /** Lets go of everything, as the page goes away or into the back-forward cache. */
  close(): void
}

export interface SourceOptions {
  /** The path of the mount. */
  readonly mount: string
  readonly build: string
  readonly tell: (news: News) => void
}
