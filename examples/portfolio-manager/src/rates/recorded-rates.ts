import { readFile } from 'node:fs/promises'

import { createReferenceRates, parseEcbRates } from '@pm/scheduler-market-data'

import { UserError } from '../user-error.ts'
import type { RatesSource } from './rates-source.ts'

/** The rates of a recorded file of the ECB (see `data/README.md`). Throws a `UserError` for one that is none. */
export async function recordedRates(path: string | URL): Promise<RatesSource> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UserError(`Cannot read the recorded reference rates in ${path}.`, [], { cause })
  })
  const table = parseEcbRates(text)
  if (table === null) throw new UserError(`${path} is no file of the ECB's reference rates.`)
  const rates = createReferenceRates({ table })
  return { read: async () => rates, close: async () => {} }
}
