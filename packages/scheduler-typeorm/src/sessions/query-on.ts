import type { QueryRunner } from 'typeorm'

import type { Client } from './is-direct.ts'

export interface Query {
  readonly text: string
  readonly parameters: unknown[]
}

/** Sends a query with its values to a client of pg. */
export type Send = (client: Client, values: unknown[]) => Promise<unknown>

/**
 * Runs a query through TypeORM, which logs and broadcasts its text, but sends it by `send`. TypeORM knows no way to
 * name a statement. It asks the runner for its client before it does anything else, so for the time of that call the
 * runner connects to a client that only sends.
 */
export function queryOn(runner: QueryRunner, { text, parameters }: Query, send: Send): Promise<unknown> {
  const { connect } = runner
  runner.connect = async () => {
    const client = await connect.call(runner)
    return { query: (_: string, values: unknown[]) => send(client, values) }
  }
  try {
    return runner.query(text, parameters)
  } finally {
    runner.connect = connect
  }
}
