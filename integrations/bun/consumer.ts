/** The routes and pages on `Bun.serve`, without a framework. */
import { join } from 'node:path'

import type { Consumer } from '../consumer.ts'
import { passesContract, servesFromOutside } from '../hosts/checks.ts'
import { HOST_FILES } from '../hosts/shared-files.ts'
import { beside, RUNTIMES } from '../versions.ts'

export const consumers: readonly Consumer[] = [
  {
    name: `host-bun-${RUNTIMES.bun}`,
    ours: ['scheduler-core', 'scheduler-dashboard', 'scheduler-testing'],
    installs: beside('vitest'),
    runtime: { kind: 'bun', version: RUNTIMES.bun },
    manifest: { type: 'module' },
    template: join(import.meta.dirname, 'files'),
    files: HOST_FILES,
    checks: [passesContract(['--bun']), servesFromOutside({ args: ['main.ts'] })],
  },
]
