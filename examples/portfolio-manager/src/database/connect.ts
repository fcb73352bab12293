import type { Logger } from '@pm/scheduler-core'
import { DataSource } from 'typeorm'

import { HoldingEntity } from '../portfolio/holding.ts'
import { UserError } from '../user-error.ts'
import { placeOf } from './address.ts'
import { CreateHoldings } from './migrations/create-holdings.ts'
import { CreateLoginTokens } from './migrations/create-login-tokens.ts'
import { CreateMarketData } from './migrations/create-market-data.ts'
import { SeedSampleHoldings } from './migrations/seed-sample-holdings.ts'

/**
 * A pool of connections: the application has one, and the owner of the tables one while it migrates. It limits the waits
 * for a connection, a lock and a statement, and idle transactions.
 *
 * @throws UserError naming the server, when connecting fails.
 */
export async function connectDatabase({ url, variable = 'DATABASE_URL', logger }: ConnectOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'portfolio-manager',
    entities: [HoldingEntity],
    migrations: [CreateHoldings, SeedSampleHoldings, CreateMarketData, CreateLoginTokens],
    migrationsTableName: 'portfolio_migrations',
    synchronize: false,
    connectTimeoutMS: 5_000,
    // Without a handler, an idle connection that breaks would end the process.
    poolErrorHandler: (error: Error) => logger.warn({ error }, 'an idle database connection broke'),
    extra: {
      max: 10,
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
    },
  })
  try {
    return await dataSource.initialize()
  } catch (error) {
    throw new UserError(`The database at ${placeOf(url)} does not let us in: ${reasonOf(error)}.`, hint(variable), {
      cause: error,
    })
  }
}

export interface ConnectOptions {
  readonly url: string
  /** The environment variable that the address comes from (default `DATABASE_URL`). */
  readonly variable?: string
  readonly logger: Logger
}

function hint(variable: string): string[] {
  return [`Check ${variable}, or unset it to use the embedded PostgreSQL.`]
}

/** A refused connection rejects with an AggregateError without a message, with one error per address that was tried. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/[\s.]+$/, '').replace(/\s+/g, ' ')
}
