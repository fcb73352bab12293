/** A process that migrates a schema by synthetic steps, and kills itself when it is about to send its nth statement. */
import { DataSource } from 'typeorm'

import { runSteps } from '../../src/migrations/run-steps.ts'
import { tableNames } from '../../src/sql/names.ts'
import { dataSourceOptions } from '../data-source-options.ts'
import { SYNTHETIC } from '../synthetic-steps.ts'
import { eachStatement } from './each-statement.ts'

const [url = '', schema = '', fatal = ''] = process.argv.slice(2)

const dataSource = await new DataSource(dataSourceOptions(url, 1)).initialize()
await runSteps({
  dataSource: eachStatement(dataSource, (nth) => {
    if (nth === Number(fatal)) process.kill(process.pid, 'SIGKILL')
  }),
  names: tableNames(schema),
  steps: SYNTHETIC,
})
await dataSource.destroy()
