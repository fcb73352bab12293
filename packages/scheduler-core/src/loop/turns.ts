/** Runs tasks one after the other, in the order of their arrival. After a task that rejects the next one runs. */
export interface Turns {
  /** With `patience`, the task stops waiting for the tasks before it once that promise resolves. */
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
