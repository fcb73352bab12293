/**
 * The server soon keeps one plan of a prepared statement for all values. Such a plan may be made while the tables are
 * nearly empty, and must hold when they are not. So it looks rows up by their indexes, and never reads a table in whole.
 */
export const PLAN_FOR_ANY_SIZE = ['enable_seqscan = off', 'enable_mergejoin = off', 'jit = off']

/**
 * Of units that write, beside `PLAN_FOR_ANY_SIZE`. A bitmap reads all that an index finds before the first row comes, those
 * that are gone too, and never notes in the index that they are gone: queues and what is under way would cost more with
 * every row that came and went since the server last cleaned up.
 */
export const PLAN_WITHOUT_BITMAPS = ['enable_bitmapscan = off']

const ONCE = ['plan_cache_mode = force_generic_plan', ...PLAN_FOR_ANY_SIZE]

/** Lets the server plan what is prepared for any values. Holds for the transaction, unless `PLAN_AS_USUAL` follows. */
export const PLAN_ONCE = ONCE.map((setting) => `SET LOCAL ${setting}`).join('; ')

/** An expression: what follows in the transaction is planned as its connection has it by default. */
export const PLAN_AS_USUAL = `concat(${ONCE.map((setting) => `set_config('${setting.split(' ')[0]}', NULL, true)`).join(', ')})`
