import type { EntityManager, Logger, QueryRunner } from 'typeorm'

const OWN_UNIT = '@pm/scheduler unit'
const OWN_STATEMENT = '@pm/scheduler statement: '

/** Marks a query runner that runs a unit of work of the scheduler's own. */
export function markAsOwn(runner: QueryRunner): void {
  runner.data[OWN_UNIT] = true
}

/** Marks a statement of ours in a unit of the host, as `ctx.complete` sends it. The mark ends with the unit. */
export function markStatement({ queryRunner }: EntityManager, text: string): void {
  if (queryRunner && !(OWN_UNIT in queryRunner.data)) queryRunner.data[OWN_STATEMENT + text] = true
}

function isOwn({ data }: QueryRunner, text: string): boolean {
  return OWN_UNIT in data || OWN_STATEMENT + text in data
}

/**
 * The host's logger for TypeORM without the statements of the scheduler: those of its own units of work, and those that
 * `ctx.complete` sends in a handler's. Statements of handlers and all others of the host are logged as before, and so are
 * statements of ours that fail or are slow.
 * Give it to the DataSource: `logger: withoutSchedulerQueries(new AdvancedConsoleLogger(['query', 'error']))`.
 */
export function withoutSchedulerQueries(logger: Logger): Logger {
  return {
    logQuery(query, parameters, runner) {
      if (runner && isOwn(runner, query)) return
      logger.logQuery(query, parameters, runner)
    },
    logQueryError: (error, query, parameters, runner) => logger.logQueryError(error, query, parameters, runner),
    logQuerySlow: (time, query, parameters, runner) => logger.logQuerySlow(time, query, parameters, runner),
    logSchemaBuild: (message, runner) => logger.logSchemaBuild(message, runner),
    logMigration: (message, runner) => logger.logMigration(message, runner),
    log: (level, message, runner) => logger.log(level, message, runner),
  }
}
