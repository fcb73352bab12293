/** Lets tasks in one after the other, in the order in which they came. A task that rejects holds up nobody. */
export interface Turns {
  take<T>(task: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(task) {
      const turn = last.then(task)
      last = turn.catch(() => {})
      return turn
    },
  }
}
