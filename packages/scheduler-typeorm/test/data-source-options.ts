import type { DataSourceOptions } from 'typeorm'

export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>

export function dataSourceOptions(url: string, poolSize = 10): PostgresOptions {
  return { type: 'postgres', url, poolSize, installExtensions: false, poolErrorHandler: () => {} }
}
