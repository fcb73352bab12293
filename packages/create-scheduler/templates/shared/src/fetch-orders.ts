/** Stands for what your job asks, such as another service or a table. Pass the signal on: it aborts when the run has to end. */
export async function fetchOrders(signal: AbortSignal): Promise<readonly string[]> {
  signal.throwIfAborted()
  return ['A-1', 'A-2', 'A-3']
}
