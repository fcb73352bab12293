import type { Authorize } from '@pm/scheduler-core/http'

/** Whoever has the token is ada. */
export const authorize: Authorize<Request> = ({ headers }) =>
  headers.get('authorization') === `Bearer ${process.env['TOKEN'] ?? 'dev'}`
    ? { allow: true, principal: { name: 'ada' } }
    : { allow: false, reason: 'unauthenticated' }
