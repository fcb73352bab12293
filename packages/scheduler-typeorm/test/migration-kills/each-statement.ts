import type { DataSource } from 'typeorm'

/** Calls `before` with the number of each statement of this data source that is about to be sent: the first is 1. */
export function eachStatement(dataSource: DataSource, before: (nth: number) => void): DataSource {
  let statements = 0
  const createQueryRunner = dataSource.createQueryRunner.bind(dataSource)
  dataSource.createQueryRunner = (...mode) => {
    const runner = createQueryRunner(...mode)
    const query = runner.query.bind(runner)
    runner.query = async (...statement: Parameters<typeof query>) => {
      before(++statements)
      return query(...statement)
    }
    return runner
  }
  return dataSource
}
