import { expect, it } from 'vitest'

import { packageManagerOf } from './package-manager.ts'

it.each([
  ['npm/11.6.0 node/v24.21.0 linux x64 workspaces/false', 'npm install', 'npm run dev', 'npm test'],
  ['pnpm/12.0.0 npm/? node/v24.21.0 linux x64', 'pnpm install', 'pnpm dev', 'pnpm test'],
  ['yarn/4.9.1 npm/? node/v24.21.0 linux x64', 'yarn install', 'yarn dev', 'yarn test'],
  ['bun/1.4.0 npm/? node/v24.3.0 linux x64', 'bun install', 'bun run dev', 'bun run test'],
  ['constructor/1.0.0', 'npm install', 'npm run dev', 'npm test'],
  [undefined, 'npm install', 'npm run dev', 'npm test'],
])('%s', (userAgent, install, dev, test) => {
  const manager = packageManagerOf(userAgent)
  expect([manager.install, manager.run('dev'), manager.run('test')]).toEqual([install, dev, test])
})
