/**
 * A process with one scheduler instance. Runs until it is told to close, loses its parent, or dies at its failpoint.
 */
import { flushCompileCache } from 'node:module'

import { commandEverything } from './command-everything.ts'
import { type InstanceOptions, openInstance } from './instance.ts'

export type ChildOptions = InstanceOptions & { readonly commands: boolean }

const options = JSON.parse(process.argv[2] ?? '') as ChildOptions
process.on('disconnect', () => process.exit(2))

const instance = await openInstance(options)
process.on('message', () => {
  void instance.close().then(() => process.exit(0))
})
process.send?.('opened')
// Written now, because most of these processes are killed before their end.
flushCompileCache()
if (options.commands) await commandEverything(instance.scheduler)
// It leaves only when it closes, which no command does.
if (options.failpoint?.at?.startsWith('unit:leave:')) await instance.close()
