import { packageBuild } from '../../tsup.base.ts'

// With its shims CommonJS knows where it is, too: the version of the installed pg-boss is found from there.
export default packageBuild({ entry: { index: 'src/index.ts' }, shims: true })
