import { type InstrumentId, standardInstruments } from '../instruments.ts'
import { prometheusName } from '../names.ts'

/** The Prometheus name of a metric of the table. Throws for a metric that is not published, since others give it. */
export function prometheusNameOf(id: InstrumentId): string {
  const instrument = standardInstruments().find((one) => one.id === id)
  if (!instrument) throw new RangeError(`${id} is not published: compute it from the metrics of its formula.`)
  return prometheusName(instrument)
}
