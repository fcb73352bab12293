import { expect, test } from 'vitest'

import { type AnnouncementInput, announcement } from './announcement.ts'

const tokens = { admin: 'random-admin-token', analyst: 'random-analyst-token' }
const links = {
  admin: 'http://127.0.0.1:3000/login?link=admin.once',
  analyst: 'http://127.0.0.1:3000/login?link=analyst.once',
}

test('random tokens are shown in curl lines, with a login link; configured ones are not shown, and have none', () => {
  const random = announcement(input({}))
  expect(random).toContain(links.admin)
  expect(random).toContain('each link works once')
  expect(random).not.toMatch(/login\S*random-/)
  expect(random).toContain('"Authorization: Bearer random-analyst-token" http://127.0.0.1:3000/api/v1/portfolio')

  const configured = announcement(input({}, { random: false }))
  for (const token of Object.values(tokens)) expect(configured).not.toContain(token)
  expect(configured).toContain('Bearer $ADMIN_TOKEN')
})

test('a replay is announced, and so is its shorter default interval', () => {
  expect(announcement(input({}))).toMatch(/REPLAY, nothing is live\n {2}Prices of the past\.\n/)
  expect(announcement(input({}))).toContain('Polling every 15 s, shorter than the usual 900 s')
  expect(announcement(input({ pollIntervalSeconds: 15 }))).not.toContain('shorter than')
})

test('in JSON the announcement is one line with the login links and without tokens', () => {
  const text = announcement(input({ logFormat: 'json' }))
  expect(text.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(text)).toMatchObject({
    msg: 'ready',
    url: 'http://127.0.0.1:3000',
    replay: ['Prices of the past.'],
    adminLogin: links.admin,
    analystLogin: links.analyst,
  })
  for (const token of Object.values(tokens)) expect(text).not.toContain(token)
})

function input(config: Partial<AnnouncementInput['config']>, { random = true } = {}): AnnouncementInput {
  return {
    application: {
      url: 'http://127.0.0.1:3000',
      startedIn: '1.23 s',
      replayNote: ['Prices of the past.'],
      intervalSeconds: 15,
      loginLinks: random ? links : {},
    },
    config: { pollIntervalSeconds: null, logFormat: 'pretty', ...config },
    accounts: (['admin', 'analyst'] as const).map((name) => ({ name, role: name, token: tokens[name], random })),
  }
}
