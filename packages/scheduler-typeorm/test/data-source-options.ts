import type { DataSourceOptions } from 'typeorm'

export function dataSourceOptions(url: string, poolSize = 10): DataSourceOptions {
  return { type: 'postgres', url, poolSize, installExtensions: false, poolErrorHandler: () => {} }
}
