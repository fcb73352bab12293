import { type Contender, PERIOD_MS } from '../contender.ts'

interface Entry {
  dueAt: number
  readonly run: (dueAt: number) => void
}

/** The floor: a binary heap of due times and one timer. It keeps no history, no states and no errors. */
export const heap: Contender = {
  async start({ jobs, period, onRun }) {
    const periodMs = PERIOD_MS[period]
    const firstDue = Math.ceil(Date.now() / periodMs) * periodMs
    const entries: Entry[] = []
    for (let job = 0; job < jobs; job++) entries.push({ dueAt: firstDue, run: (dueAt) => onRun(job, dueAt) })

    function fire(): void {
      for (let top = entries[0]; top && top.dueAt <= Date.now(); top = entries[0]) {
        const { dueAt } = top
        top.dueAt += periodMs
        sink(entries, top)
        top.run(dueAt)
      }
      arm()
    }

    function arm(): void {
      setTimeout(fire, Math.min((entries[0]?.dueAt ?? 0) - Date.now(), 2 ** 31 - 1))
    }

    arm()
  },
}

function sink(entries: Entry[], moving: Entry): void {
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    const left = entries[child]
    if (!left) break
    const right = entries[child + 1]
    let lesser = left
    if (right && right.dueAt < left.dueAt) {
      lesser = right
      child++
    }
    if (lesser.dueAt >= moving.dueAt) break
    entries[index] = lesser
    index = child
  }
  entries[index] = moving
}
