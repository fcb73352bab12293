import { readdirSync } from 'node:fs'

import { packageBuild } from '../../tsup.base.ts'

const PUBLISHED = {
  index: 'src/index.ts',
  'client/index': 'src/client/index.ts',
  'contract/v1': 'src/contract/v1.ts',
  'contract/v2': 'src/contract/v2.ts',
  'http/index': 'src/http/index.ts',
  'opentelemetry/index': 'src/monitoring/opentelemetry/index.ts',
  'prometheus/index': 'src/monitoring/prometheus/index.ts',
  'node-floor': 'src/node-floor.ts',
  store: 'src/store.ts',
  views: 'src/views.ts',
}

export default packageBuild({
  entry: { ...PUBLISHED, ...contractModules() },
  dts: { entry: PUBLISHED },
  external: ['#node-floor'],
})

/**
 * Each module of the contract keeps a file of its own. A bundler leaves out whole files, but within a file it keeps every
 * schema, because making one calls a function.
 */
function contractModules(): Record<string, string> {
  const files = readdirSync('src/contract').filter((file) => /^(?!v\d\.)[\w-]+\.ts$/.test(file))
  return Object.fromEntries(files.map((file) => [`contract/${file.slice(0, -3)}`, `src/contract/${file}`]))
}
