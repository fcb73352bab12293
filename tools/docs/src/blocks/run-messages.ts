/** Asks a process of blocks to evaluate a module. */
export interface RunRequest {
  readonly id: number
  /** Path of the module. */
  readonly place: string
  /** Whether `DATABASE_URL` leads to a database of its own. */
  readonly database: boolean
}

/** How it ended. */
export interface RunResult {
  readonly id: number
  /** What it printed, a line for each call of the console. */
  readonly printed: readonly string[]
  /** Stacks of what was thrown, by the module or while its fixtures closed. */
  readonly problems: readonly string[]
}
