import { packageBuild } from '../../tsup.base.ts'

// A command alone: nothing imports it, so that it needs neither CommonJS nor declarations.
export default packageBuild({ entry: { main: 'src/main.ts' }, format: ['esm'], dts: false })
