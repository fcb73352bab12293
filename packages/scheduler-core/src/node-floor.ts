/**
 * Refuses a Node that is too old when the package is imported, with one sentence instead of a missing function later
 * on. Every entry that runs on Node imports this file first. It imports nothing itself, and `package.json` names it in
 * `sideEffects` and `imports`, so that no bundler drops it or moves it behind an import that fails.
 */
const FLOOR = { major: 22, minor: 14 }

/**
 * The sentence to refuse this version of Node with; `null` when it is new enough, or when the host is no Node, such as
 * a browser.
 */
export function problemOf(version: string | undefined): string | null {
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? []
  if (version === undefined || major > FLOOR.major || (major === FLOOR.major && minor >= FLOOR.minor)) return null
  return `@pm/scheduler-core needs Node ${FLOOR.major}.${FLOOR.minor} or later, and this is Node ${version}.`
}

const host: { readonly process?: { readonly versions?: { readonly node?: string } } } = globalThis
const problem = problemOf(host.process?.versions?.node)
if (problem !== null) throw new Error(problem)
