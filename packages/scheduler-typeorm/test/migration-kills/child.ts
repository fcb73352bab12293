/** A process that migrates a schema, and kills itself when it is about to send its nth statement. */
import { DataSource } from 'typeorm'

import { migrateScheduler } from '../../src/index.ts'
import { dataSourceOptions } from '../data-source-options.ts'
import { eachStatement } from './each-statement.ts'

const [url = '', schema = '', fatal = ''] = process.argv.slice(2)

const dataSource = await new DataSource(dataSourceOptions(url, 1)).initialize()
await migrateScheduler(
  eachStatement(dataSource, (nth) => {
    if (nth === Number(fatal)) process.kill(process.pid, 'SIGKILL')
  }),
  { schema },
)
await dataSource.destroy()
