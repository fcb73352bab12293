/** A process with one scheduler or worker. Runs until it is told to close, loses its parent, or is killed. */
import { flushCompileCache } from 'node:module'

import { openInstance } from './instance.ts'
import type { InstanceOptions } from './instance-options.ts'

const options = JSON.parse(process.argv[2] ?? '') as InstanceOptions
process.on('disconnect', () => process.exit(2))

const instance = await openInstance(options)
process.on('message', () => {
  void instance.close().then(() => process.exit(0))
})
process.send?.('opened')
// Written now, because most of these processes are killed before their end.
flushCompileCache()
