/** Whom the server runs as, when that is not oneself. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `nobody`: it exists everywhere, so no user has to be made. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 }

/** PostgreSQL refuses to run as root: root lends the server an account that owns nothing else. */
export function serverAccount(): Account | null {
  return process.getuid?.() === 0 ? NOBODY : null
}

/** What `spawn` needs to run a program as this account, and with little of our own environment. */
export function spawnOptions(account: Account | null) {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  // The messages that we wait for are the English ones.
  return { ...account, env: { ...env, LC_ALL: 'C', TZ: 'UTC' } }
}
