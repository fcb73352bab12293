/**
 * What a consumer of our packages is. A folder `integrations/NAME` holds one kind of them: its `consumer.ts` exports
 * `consumers`, an array of {@link Consumer}; files that a consumer gets as they are lie beside it, in a folder that it names
 * as its `template`. `run.ts` packs our packages once, installs each consumer with npm in a folder of its own outside of the
 * repository, and runs its checks there.
 */

/** Ours, as `packages/` names them. */
export type OurPackage =
  | 'create-scheduler'
  | 'scheduler-bullmq'
  | 'scheduler-core'
  | 'scheduler-dashboard'
  | 'scheduler-express'
  | 'scheduler-market-data'
  | 'scheduler-pg-boss'
  | 'scheduler-testing'
  | 'scheduler-typeorm'

/** What runs the consumer's code. All three come from the npm registry. */
export interface Runtime {
  readonly kind: 'node' | 'bun' | 'deno'
  /** Exact, such as `22.14.0`. */
  readonly version: string
}

export interface Consumer {
  /** Unique, and good for a folder: `typescript-5.4.5`. `.ci/matrix WORD` runs those whose name contains the word. */
  readonly name: string
  /** Which of our packages are installed, from their tarballs. Those that they depend on have to be named, too. */
  readonly ours: readonly OurPackage[]
  /** What npm installs beside them, by package: an exact version, or an alias such as `npm:express@4.22.0`. */
  readonly installs: Readonly<Record<string, string>>
  /** Default: the newest Node 24 of `versions.ts`. */
  readonly runtime?: Runtime
  /** Further fields of its `package.json`, such as `{ type: 'module' }`. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** A folder whose content is copied into the consumer's: `join(import.meta.dirname, 'files')`. Default: none. */
  readonly template?: string
  /** Files that are written, by their paths in the consumer's folder. They win over those of `template`. */
  readonly files?: Readonly<Record<string, string>>
  /** Whether scripts of installed packages run at the installation (default false). */
  readonly installScripts?: boolean
  /** Whether `.ci/run` runs it, too: the short cut of the matrix (default false). It has to take a few seconds. */
  readonly isShort?: boolean
  /** They run one after the other. A check that fails does not keep the next from running. */
  readonly checks: readonly Check[]
}

export interface Check {
  /** What holds when it passes, in a few words: `types by nodenext, ESM`. */
  readonly name: string
  /** Whether the short cut of CI leaves it out (default false). */
  readonly isLong?: boolean
  /** Throws what is wrong. Resolves with what should be told although it passed, or with nothing. */
  run(installed: Installed): Promise<string | undefined>
}

/** A consumer in its folder, after the installation. */
export interface Installed {
  readonly folder: string
  /** The program of its runtime: an absolute path. */
  readonly runtime: string
  /**
   * Runs a program in the folder and resolves when it ends. Its runtime and `node_modules/.bin` come first in its PATH;
   * `runtime` as the program's name is the runtime itself. Rejects, with what it printed, when it exits with another code
   * than 0, and when it takes longer than `timeoutMs`, after which it is killed.
   */
  exec(program: string, args: readonly string[], options?: ExecOptions): Promise<Output>
  /** The URL of an empty database of its own, on a real PostgreSQL. It is dropped with the server. */
  createDatabase(): Promise<string>
}

export interface ExecOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Default 120,000. */
  readonly timeoutMs?: number
  /** Whether another exit code than 0 is an answer as well (default false). */
  readonly mayFail?: boolean
}

export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}
