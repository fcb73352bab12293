/** The routes and pages on `Deno.serve`, without a framework. */
import { join } from 'node:path'

import type { Consumer } from '../consumer.ts'
import { passesContract, servesFromOutside } from '../hosts/checks.ts'
import { HOST_FILES } from '../hosts/shared-files.ts'
import { beside, RUNTIMES } from '../versions.ts'

export const consumers: readonly Consumer[] = [
  {
    name: `host-deno-${RUNTIMES.deno}`,
    ours: ['scheduler-core', 'scheduler-dashboard', 'scheduler-testing'],
    installs: beside('vitest'),
    runtime: { kind: 'deno', version: RUNTIMES.deno },
    manifest: { type: 'module' },
    template: join(import.meta.dirname, 'files'),
    files: HOST_FILES,
    checks: [passesContract(['run', '-A']), servesFromOutside({ args: ['run', '-A', 'main.ts'] })],
  },
]
