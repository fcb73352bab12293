import { mkdirSync } from 'node:fs'

import { createDatabase } from '../../tools/embedded-postgres/src/create-database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../tools/embedded-postgres/src/index.ts'

/** Databases of consumers, on the server in `TEST_DATABASE_URL`, or else on one that is started for the first of them. */
export class Databases {
  readonly #dataDir: string
  #server: Promise<EmbeddedPostgres> | undefined

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  async create(): Promise<string> {
    const given = process.env['TEST_DATABASE_URL']
    const { url } = await createDatabase(given ?? (await this.#start()).url)
    return url
  }

  async stop(): Promise<void> {
    await (await this.#server)?.stop('immediate')
  }

  #start(): Promise<EmbeddedPostgres> {
    mkdirSync(this.#dataDir, { recursive: true })
    this.#server ??= startEmbeddedPostgres({ dataDir: this.#dataDir, durable: false })
    return this.#server
  }
}
