import type { CommandReceipt, ReceiptId } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, json, text } from '../query.ts'
import { insertReceipt } from '../sql/insert-receipt.ts'
import type { Names } from '../sql/names.ts'
import { selectReceipt } from '../sql/select-receipt.ts'
import { statement } from './statement.ts'

export function createReadReceipt(names: Names) {
  const select = statement('lockJobs', selectReceipt(names))
  return async (
    session: EntityManager,
    scheduler: string,
    id: ReceiptId | undefined,
  ): Promise<CommandReceipt | null> => {
    if (id === undefined) return null
    const [row] = await select(session, scheduler, id)
    return row
      ? { id, fingerprint: text(row, 'fingerprint'), answer: json(row, 'answer'), at: integer(row, 'at') }
      : null
  }
}

export function createKeepReceipt(names: Names) {
  const insert = statement('record', insertReceipt(names))
  return async (session: EntityManager, scheduler: string, receipt: CommandReceipt): Promise<void> => {
    const { id, fingerprint, answer, at } = receipt
    await insert(session, scheduler, id, fingerprint, JSON.stringify(answer), at)
  }
}
