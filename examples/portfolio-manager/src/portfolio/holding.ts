import { EntitySchema } from 'typeorm'

/** A position of the portfolio. */
export interface Holding {
  readonly symbol: string
  readonly name: string
  /** The unit of the quantity, such as `shares` or `barrels`. */
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
