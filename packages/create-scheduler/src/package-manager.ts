/** What installs and runs a project, with its commands. */
export interface PackageManager {
  readonly name: string
  readonly install: string
  /** The command that runs a script of the manifest. */
  run(script: string): string
}

const KNOWN: Readonly<Record<string, PackageManager>> = {
  npm: { name: 'npm', install: 'npm install', run: (script) => (script === 'test' ? 'npm test' : `npm run ${script}`) },
  pnpm: { name: 'pnpm', install: 'pnpm install', run: (script) => `pnpm ${script}` },
  yarn: { name: 'yarn', install: 'yarn install', run: (script) => `yarn ${script}` },
  bun: { name: 'bun', install: 'bun install', run: (script) => `bun run ${script}` },
}

/** Whichever has started this process, as it says in `npm_config_user_agent`, such as `pnpm/12.0.0 npm/? node/v24.1.0`; else npm. */
export function packageManagerOf(userAgent: string | undefined): PackageManager {
  const name = /^\w+/.exec(userAgent ?? '')?.[0] ?? 'npm'
  return (Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined) ?? (KNOWN['npm'] as PackageManager)
}
