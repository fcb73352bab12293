import { expect, it } from 'vitest'

import { tidyDeclarations } from '../declarations/tidy-declarations.ts'

const ENTRIES = new Set(['index.d.ts', 'store.d.ts'])

const CHUNK = `
import { E as EpochMs } from './time-Ab12Cd34.js';
import 'zod';

/** What everybody sees. */
interface Job extends Base {
    /**
     * When it is due.
     * Never in the past.
     */
    readonly dueAt: EpochMs;
}
/** What nobody sees. */
interface Base {
    /** Its name. */
    readonly name: string;
}
/** Only the build sees it. */
declare function run(job: Base): void;
declare function run(job: Job): void;

export { run as b };
export type { Base as B, Job as a };
`.trimStart()

const TIME = `
/** Milliseconds. */
type EpochMs = number;

export type { EpochMs as E };
`.trimStart()

const INDEX = `
import { B as Base, b as run } from './chunk-Ab12Cd34.js';
export { a as Job } from './chunk-Ab12Cd34.js';

/** Reads the base. */
declare function baseOf(runner: typeof run): Base;
/** A help of the entry. */
type Help = string;

export { baseOf };
`.trimStart()

const STORE = `
import { E as EpochMs } from './time-Ab12Cd34.js';

export { EpochMs as Instant };
`.trimStart()

const tidied = tidyDeclarations(
  new Map([
    ['chunk-Ab12Cd34.d.ts', CHUNK],
    ['time-Ab12Cd34.d.ts', TIME],
    ['index.d.ts', INDEX],
    ['store.d.ts', STORE],
  ]),
  ENTRIES,
)

it('a chunk exports its declarations where they are, under their own names', () => {
  const chunk = tidied.get('chunk-Ab12Cd34.d.ts')
  expect(chunk).toContain("import { EpochMs } from './time-Ab12Cd34.js';")
  expect(chunk).toContain('export interface Job extends Base {')
  expect(chunk?.match(/export declare function run/g)).toHaveLength(2)
  expect(chunk).not.toContain('export {')
  expect(chunk).not.toContain('export type {')
})

it('an entry exports what it did, and asks for it by its own name', () => {
  expect(tidied.get('index.d.ts')).toContain("import { Base, run } from './chunk-Ab12Cd34.js';")
  expect(tidied.get('index.d.ts')).toContain("export { Job } from './chunk-Ab12Cd34.js';")
  expect(tidied.get('index.d.ts')).toContain('export { baseOf };')
  expect(tidied.get('store.d.ts')).toContain('export { EpochMs as Instant };')
})

it('the comments of what an entry exports stay, also under another name, and so do those of members', () => {
  expect(tidied.get('chunk-Ab12Cd34.d.ts')).toContain('/** What everybody sees. */\nexport interface Job')
  expect(tidied.get('chunk-Ab12Cd34.d.ts')).toContain('\t/** Its name. */\n\treadonly name: string;')
  expect(tidied.get('time-Ab12Cd34.d.ts')).toContain('/** Milliseconds. */\nexport type EpochMs')
  expect(tidied.get('index.d.ts')).toContain('/** Reads the base. */\ndeclare function baseOf')
})

it('the comment over a declaration that no entry exports goes', () => {
  const all = [...tidied.values()].join('\n')
  expect(all).not.toContain('What nobody sees')
  expect(all).not.toContain('Only the build sees it')
  expect(all).not.toContain('A help of the entry')
})

it('a paragraph takes one line, and an import without names goes', () => {
  const chunk = tidied.get('chunk-Ab12Cd34.d.ts')
  expect(chunk).toContain('\t/** When it is due. Never in the past. */\n\treadonly dueAt: EpochMs;')
  expect(chunk).not.toContain("'zod'")
})

it('a comment with an example, a list or several paragraphs keeps its lines', () => {
  const comment = '/**\n * Adds.\n *\n * @example add(1)\n */\n'
  const list = '/**\n * Either:\n * - one\n * - two\n */\n'
  const text = `${comment}declare function add(by: number): void;\n${list}type Way = string;\n\nexport { add, Way };\n`
  expect(tidyDeclarations(new Map([['index.d.ts', text]]), ENTRIES).get('index.d.ts')).toBe(text)
})
