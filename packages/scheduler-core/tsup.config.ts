import { packageBuild } from '../../tsup.base.ts'

export default packageBuild({
  entry: {
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
  },
  external: ['#node-floor'],
})
