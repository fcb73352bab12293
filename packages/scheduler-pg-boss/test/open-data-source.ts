import { DataSource } from 'typeorm'

/** A DataSource that is connected, and that survives the end of its server. */
export function openDataSource(url: string, poolSize: number): Promise<DataSource> {
  const source = { url, poolSize, installExtensions: false, poolErrorHandler: () => {} }
  return new DataSource({ type: 'postgres', ...source }).initialize()
}
