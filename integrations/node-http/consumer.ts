/** The routes and pages on `node:http`, without a framework: what Bun, Deno and Next.js are held against. */
import { join } from 'node:path'

import type { Consumer } from '../consumer.ts'
import { passesContract, servesFromOutside } from '../hosts/checks.ts'
import { HOST_FILES } from '../hosts/shared-files.ts'
import { beside, NODE } from '../versions.ts'

export const consumers: readonly Consumer[] = [
  {
    name: `host-node-${NODE.current}`,
    ours: ['scheduler-core', 'scheduler-dashboard', 'scheduler-testing'],
    installs: beside('vitest'),
    manifest: { type: 'module' },
    template: join(import.meta.dirname, 'files'),
    files: HOST_FILES,
    checks: [passesContract([]), servesFromOutside({ args: ['main.ts'] })],
  },
]
