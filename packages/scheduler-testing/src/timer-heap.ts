/** A timer that waits, in the order of its instant and then of its setting. */
export interface WaitingTimer {
  readonly dueAt: number
  readonly order: number
  readonly callback: () => void
  /** False once it fired or was called off. */
  waiting: boolean
}

/** A binary heap of timers, soonest first. Cancelled ones stay until they surface or outnumber the others. */
export class TimerHeap {
  #timers: WaitingTimer[] = []
  #cancelled = 0

  /** How many timers will fire. */
  get size(): number {
    return this.#timers.length - this.#cancelled
  }

  push(timer: WaitingTimer): void {
    this.#timers.push(timer)
    this.#rise(this.#timers.length - 1)
  }

  /** The soonest timer, left where it is. */
  peek(): WaitingTimer | undefined {
    for (let top = this.#timers[0]; top?.waiting === false; top = this.#timers[0]) {
      this.#removeTop()
      this.#cancelled--
    }
    return this.#timers[0]
  }

  pop(): WaitingTimer | undefined {
    const top = this.peek()
    if (!top) return undefined
    top.waiting = false
    this.#removeTop()
    return top
  }

  /** Calls off a timer of this heap; one that no longer waits is left alone. */
  cancel(timer: WaitingTimer): void {
    if (!timer.waiting) return
    timer.waiting = false
    this.#cancelled++
    if (this.#cancelled * 2 <= this.#timers.length) return
    const rest = this.#timers.filter((each) => each.waiting)
    this.#timers = rest.sort((a, b) => (before(a, b) ? -1 : 1))
    this.#cancelled = 0
  }

  #removeTop(): void {
    const last = this.#timers.pop()
    if (last === undefined || this.#timers.length === 0) return
    this.#timers[0] = last
    this.#sink(0)
  }

  #rise(start: number): void {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfBefore(index, parent)) return
      index = parent
    }
  }

  #sink(start: number): void {
    let index = start
    for (;;) {
      const left = 2 * index + 1
      const smaller = this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#swapIfBefore(smaller, index)) return
      index = smaller
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#timers[a]
    const second = this.#timers[b]
    return first !== undefined && second !== undefined && before(first, second)
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const first = this.#timers[lower]
    const second = this.#timers[upper]
    if (first === undefined || second === undefined || !before(first, second)) return false
    this.#timers[lower] = second
    this.#timers[upper] = first
    return true
  }
}

function before(a: WaitingTimer, b: WaitingTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order)
}
