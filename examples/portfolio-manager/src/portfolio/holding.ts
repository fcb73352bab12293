import { EntitySchema } from 'typeorm'

/** Something that the portfolio holds. */
export interface Holding {
  readonly symbol: string
  readonly name: string
  /** What the quantity counts, such as `shares` or `barrels`. */
  readonly unit: string
  /** A decimal string: PostgreSQL's `numeric` is exact and JavaScript's number is not. */
  readonly quantity: string
  readonly currency: string
}

export const HoldingEntity = new EntitySchema<Holding>({
  name: 'Holding',
  tableName: 'holdings',
  columns: {
    symbol: { type: 'text', primary: true },
    name: { type: 'text' },
    unit: { type: 'text' },
    quantity: { type: 'numeric' },
    currency: { type: 'text' },
  },
  checks: [{ name: 'holdings_quantity_check', expression: 'quantity >= 0' }],
})
