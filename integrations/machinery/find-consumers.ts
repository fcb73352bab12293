import { globSync } from 'node:fs'

import type { Consumer } from '../consumer.ts'

/** All consumers of the folders beside this one, in the order of the folders' names. */
export async function findConsumers(): Promise<Consumer[]> {
  const folder = new URL('..', import.meta.url)
  const files = globSync('*/consumer.ts', { cwd: folder }).sort()
  const modules = await Promise.all(
    files.map((file): Promise<{ consumers: readonly Consumer[] }> => import(new URL(file, folder).href)),
  )
  const consumers = modules.flatMap((module) => module.consumers)
  const names = consumers.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two consumers have the name ${twice}.`)
  return consumers
}
