import { readdirSync } from 'node:fs'

import { packageBuild } from '../../tsup.base.ts'

const ON_NODE = {
  index: 'src/index.ts',
  'http/index': 'src/http/index.ts',
  'opentelemetry/index': 'src/monitoring/opentelemetry/index.ts',
  'prometheus/index': 'src/monitoring/prometheus/index.ts',
  'node-floor': 'src/node-floor.ts',
  store: 'src/store.ts',
  views: 'src/views.ts',
}

const IN_BROWSERS = {
  'client/index': 'src/client/index.ts',
  'contract/v1': 'src/contract/v1.ts',
  'contract/v2': 'src/contract/v2.ts',
}

const external = ['#node-floor']

/**
 * Two builds, because entries that share a build share its chunks: with the modules of the contract among them, the index
 * would be loaded from 35 files, which takes longer than to read them. The declarations are of one build, so that a type has
 * one declaration.
 */
export default [
  packageBuild({ entry: ON_NODE, dts: { entry: { ...ON_NODE, ...IN_BROWSERS } }, external }),
  packageBuild({ entry: { ...IN_BROWSERS, ...contractModules() }, dts: false, external, clean: false }),
]

/**
 * Each module of the contract keeps a file of its own. A bundler leaves out whole files, but within a file it keeps every
 * schema, because making one calls a function.
 */
function contractModules(): Record<string, string> {
  const files = readdirSync('src/contract').filter((file) => /^(?!v\d\.)[\w-]+\.ts$/.test(file))
  return Object.fromEntries(files.map((file) => [`contract/${file.slice(0, -3)}`, `src/contract/${file}`]))
}
