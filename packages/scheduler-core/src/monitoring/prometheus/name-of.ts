import { INSTRUMENTS, type InstrumentId } from '../instruments.ts'
import { prometheusName } from '../names.ts'

/** What Prometheus calls a metric of the table. Throws for one that is not published: it can be computed from others. */
export function prometheusNameOf(id: InstrumentId): string {
  const instrument = INSTRUMENTS.find((one) => one.id === id)
  if (!instrument) throw new RangeError(`${id} is not published: compute it from what it is made of.`)
  return prometheusName(instrument)
}
