/** Route handlers of Next's app router: built, then the contract suite inside of its server, then `next start` from outside. */
import { join } from 'node:path'

import { runFile } from '../checks/run-file.ts'
import type { Consumer } from '../consumer.ts'
import { passesContract, servesFromOutside } from '../hosts/checks.ts'
import { HOST_FILES } from '../hosts/shared-files.ts'
import { beside, NEXT } from '../versions.ts'

const NEXT_PROGRAM = 'node_modules/next/dist/bin/next'
const env = { NEXT_TELEMETRY_DISABLED: '1', NEXT_MANUAL_SIG_HANDLE: '1' }

export const consumers: readonly Consumer[] = [
  {
    name: `host-next-${NEXT.next}`,
    ours: ['scheduler-core', 'scheduler-dashboard', 'scheduler-testing'],
    installs: { ...NEXT, ...beside('@types/node', 'typescript', 'vitest') },
    manifest: { type: 'module' },
    template: join(import.meta.dirname, 'files'),
    files: { 'vitest.config.ts': HOST_FILES['vitest.config.ts'] ?? '' },
    checks: [
      { ...runFile('builds', [NEXT_PROGRAM, 'build'], { env, timeoutMs: 600_000 }), isLong: true },
      passesContract([]),
      servesFromOutside({ args: [NEXT_PROGRAM, 'start', '--hostname', '127.0.0.1'], env }),
    ],
  },
]
