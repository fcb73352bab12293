/** What the server is started with. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Whoever has it may read and command. */
  readonly adminToken: string
}

/** A setting that is missing or wrong; the message says which, and what to do. */
export class SettingError extends Error {}

const SHORTEST_TOKEN = 16

/** Reads ADMIN_TOKEN (required), HOST (default 127.0.0.1) and PORT (default 3000). Throws a `SettingError`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { ADMIN_TOKEN = '', HOST = '127.0.0.1', PORT = '3000' } = env
  if (ADMIN_TOKEN.length < SHORTEST_TOKEN) {
    throw new SettingError(`ADMIN_TOKEN has to have at least ${SHORTEST_TOKEN} characters: see .env.example.`)
  }
  const port = Number(PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SettingError(`PORT has to be a number from 0 to 65535, and is ${JSON.stringify(PORT)}.`)
  }
  return { host: HOST, port, adminToken: ADMIN_TOKEN }
}
