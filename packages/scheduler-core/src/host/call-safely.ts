/**
 * Calls what belongs to the host and may fail in any way: what it throws, and what a promise that it answers rejects
 * with, goes to `onFailure`, and no further.
 */
export function callSafely(call: () => unknown, onFailure: (error: unknown) => void): void {
  try {
    const answer = call()
    if (isThenable(answer)) answer.then(undefined, onFailure)
  } catch (error) {
    onFailure(error)
  }
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer && typeof answer.then === 'function'
}
