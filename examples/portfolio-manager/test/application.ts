import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from 'pg'

import { type MainProcess, runMain } from './run-main.ts'

export const TOKENS = { admin: 'admin-token-for-the-test', analyst: 'analyst-token-for-the-test' } as const

/** A running application with helpers to use it as users do. */
export interface RunningApplication {
  readonly main: MainProcess
  readonly url: string
  get(path: string, token?: string): Promise<Response>
  /** The body of a GET; rejects unless the answer has status 200. */
  read<T>(path: string, token?: string): Promise<T>
  post(path: string, token?: string): Promise<Response>
}

export async function startOn(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
  givenArguments: readonly string[] = [],
): Promise<RunningApplication> {
  const common = { PORT: '0', DATA_DIR: dataDir, MARKET_DATA: 'replay' }
  const tokens = { ADMIN_TOKEN: TOKENS.admin, ANALYST_TOKEN: TOKENS.analyst }
  const main = runMain({ ...common, ...tokens, ...environment }, givenArguments)
  const [, url = ''] = await main.printed(/is ready at (\S+)/)
  const ask = (method: string) => (path: string, token?: string) =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      },
      ...(method === 'POST' && { body: '{}' }),
    })
  const get = ask('GET')
  return {
    main,
    url,
    get,
    post: ask('POST'),
    async read<T>(path: string, token: string = TOKENS.admin) {
      const response = await get(path, token)
      if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${await response.text()}`)
      return (await response.json()) as T
    },
  }
}

/** Opens a separate connection to the embedded database, whose address it reads from the data folder. */
export async function connectBeside(dataDir: string): Promise<Client> {
  const folder = join(dataDir, 'postgres')
  const password = readFileSync(join(folder, 'password'), 'utf8').trim()
  const port = Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3])
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'portfolio' })
  // The test kills the server while this connection is open.
  client.on('error', () => {})
  await client.connect()
  return client
}
