/**
 * Calls a function of the host. When it throws, or the promise that it returns rejects, `onFailure` gets the error and
 * nothing is thrown.
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
