/**
 * The server soon keeps one plan of a prepared statement for all values. Such a plan may be made while the tables are
 * nearly empty, and must hold when they are not. So it looks rows up by their indexes, and never reads a table in whole.
 */
export const PLAN_FOR_ANY_SIZE = ['enable_seqscan = off', 'enable_mergejoin = off', 'jit = off']

const ONCE = ['plan_cache_mode = force_generic_plan', ...PLAN_FOR_ANY_SIZE]

/** Lets the server plan what is prepared for any values. Holds for the transaction, unless `PLAN_AS_USUAL` follows. */
export const PLAN_ONCE = ONCE.map((setting) => `SET LOCAL ${setting}`).join('; ')

/** An expression: what follows in the transaction is planned as its connection has it by default. */
export const PLAN_AS_USUAL = `concat(${ONCE.map((setting) => `set_config('${setting.split(' ')[0]}', NULL, true)`).join(', ')})`
