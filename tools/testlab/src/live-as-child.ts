import { flushCompileCache } from 'node:module'

/**
 * Lives as the process that `startLabProcess` started: opens the instance that its argument describes, tells its parent, and
 * runs until it is told to close, loses its parent, or dies.
 */
export async function liveAsChild<O, I extends { close(): Promise<void> }>(
  open: (options: O) => Promise<I>,
): Promise<{ readonly options: O; readonly instance: I }> {
  const options = JSON.parse(process.argv[2] ?? '') as O
  process.on('disconnect', () => process.exit(2))
  const instance = await open(options)
  process.on('message', () => {
    void instance.close().then(() => process.exit(0))
  })
  process.send?.('opened')
  // Written now, because most of these processes are killed before their end.
  flushCompileCache()
  return { options, instance }
}
