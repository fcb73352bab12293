/** Imports one entry of core and tells what that loads and makes. A process of its own, because modules stay loaded. */
import { registerHooks } from 'node:module'
import { z } from 'zod'

const loaded: string[] = []
registerHooks({
  load(url, context, next) {
    loaded.push(url)
    return next(url, context)
  },
})

// Zod calls this for every schema that is made.
let schemas = 0
const config: { postProcessor?: (schema: unknown) => void } = Reflect.get(globalThis, '__zod_globalConfig')
config.postProcessor = () => schemas++
z.string()
if (schemas !== 1) throw new Error('The schemas that are made are not counted.')
schemas = 0

await import(process.argv[2] ?? '')
console.log(JSON.stringify({ loaded, schemas }))
