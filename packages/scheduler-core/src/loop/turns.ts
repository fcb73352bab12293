/** Lets tasks in one after the other, in the order in which they came. A task that rejects holds up nobody. */
export interface Turns {
  /** With `patience`, the task waits for those before it until that resolves, and no longer. */
  take<T>(task: () => Promise<T>, patience?: Promise<unknown>): Promise<T>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(task, patience) {
      const turn = (patience ? Promise.race([last, patience]) : last).then(task)
      last = turn.catch(() => {})
      return turn
    },
  }
}
