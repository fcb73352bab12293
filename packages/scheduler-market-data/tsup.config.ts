import { packageBuild } from '../../tsup.base.ts'

export default packageBuild({ entry: { index: 'src/index.ts', 'conformance/index': 'src/conformance/index.ts' } })
