import type { DashboardOptions } from '@pm/scheduler-dashboard'
import type { Request } from 'express'

/** How the scheduler's pages look in this application, and where they send people who are not logged in. */
export function pagesOptions(marketData: 'live' | 'replay'): Omit<DashboardOptions<Request>, 'authorize'> {
  return {
    title: 'Portfolio manager',
    badge: { name: marketData === 'live' ? 'live prices' : 'replayed prices' },
    links: [{ label: 'Portfolio', href: '../' }],
    login: (_request, { returnTo }) => `/login?to=${encodeURIComponent(returnTo)}`,
    logoutUrl: '/logout',
  }
}
