import { packageBuild } from '../../tsup.base.ts'

// With its shims CommonJS knows where it is, too: the built pages are found from there.
export default packageBuild({ entry: { index: 'src/index.ts' }, shims: true })
