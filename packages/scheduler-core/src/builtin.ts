import { lazily } from './lazily.ts'

// Modules of Node that are loaded when they are first used: both together take a third of the time in which core is
// imported. `getBuiltinModule` loads them without waiting, in ES modules too.

export const nodeCrypto = lazily(() => process.getBuiltinModule('node:crypto'))
export const nodeUtil = lazily(() => process.getBuiltinModule('node:util'))
