import { randomBytes } from 'node:crypto'

import { Client } from 'pg'

/** Owns the database and its tables, and migrates them. */
const OWNER = 'portfolio_owner'
/** What the application runs as: it reads and writes rows (see `grants.ts`). */
const APPLICATION = 'portfolio_app'
const DATABASE = 'portfolio'

/** Passwords of both roles. They are drawn at every start and kept nowhere. */
export interface RolePasswords {
  readonly owner: string
  readonly application: string
}

export function drawRolePasswords(): RolePasswords {
  const draw = () => randomBytes(24).toString('hex')
  return { owner: draw(), application: draw() }
}

/** The addresses of the database for both roles. */
export interface RoleUrls {
  readonly ownerUrl: string
  readonly url: string
}

/**
 * Makes both roles and the database on a server of our own, or gives the roles that are there their new passwords. Nobody
 * else may connect to the database.
 *
 * @param superuserUrl the address for a superuser, which nothing else uses.
 */
export async function prepareRoles(superuserUrl: string, passwords: RolePasswords): Promise<RoleUrls> {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const exists = async (sql: string, name: string) => ((await client.query(sql, [name])).rowCount ?? 0) > 0
    for (const [role, password] of [
      [OWNER, passwords.owner],
      [APPLICATION, passwords.application],
    ] as const) {
      const verb = (await exists('SELECT FROM pg_roles WHERE rolname = $1', role)) ? 'ALTER' : 'CREATE'
      await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    }
    if (!(await exists('SELECT FROM pg_database WHERE datname = $1', DATABASE))) {
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
    }
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE}, postgres, template1 FROM PUBLIC`)
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${APPLICATION}`)
  } finally {
    await client.end()
  }
  return {
    ownerUrl: urlFor(superuserUrl, OWNER, passwords.owner),
    url: urlFor(superuserUrl, APPLICATION, passwords.application),
  }
}

function urlFor(superuserUrl: string, role: string, password: string): string {
  const url = new URL(superuserUrl)
  url.username = role
  url.password = password
  url.pathname = `/${DATABASE}`
  return url.href
}
