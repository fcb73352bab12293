import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Build } from '../lab/build.ts'

/** Below its dependencies, whose names then resolve, and where git looks at nothing. */
const FOLDER = 'node_modules/.bench'

/** Bundles core as it is published, without types, with a probe beside it. Answers where the probe is. */
export function bundleCore({ root }: Build): string {
  const core = join(root, 'packages/scheduler-core')
  const cli = join(root, 'node_modules/tsup/dist/cli-default.js')
  const args = [cli, '--no-dts', '--silent', '--out-dir', `${FOLDER}/dist`]
  execFileSync(process.execPath, args, { cwd: core, stdio: ['ignore', 'ignore', 'inherit'] })
  copyFileSync(join(core, 'package.json'), join(core, FOLDER, 'package.json'))
  const probe = join(core, FOLDER, 'dist/probe.mjs')
  copyFileSync(join(import.meta.dirname, 'probe.mjs'), probe)
  return probe
}
