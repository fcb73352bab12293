import { expect, test } from 'vitest'

import { type AnnouncementInput, announcement } from './announcement.ts'

const tokens = { admin: 'random-admin-token', analyst: 'random-analyst-token' }

test('random tokens are shown in login links and curl lines; configured ones are not shown', () => {
  const random = announcement(input({}))
  expect(random).toContain('http://127.0.0.1:3000/login?token=random-admin-token')
  expect(random).toContain('"Authorization: Bearer random-analyst-token" http://127.0.0.1:3000/api/v1/portfolio')

  const configured = announcement(input({ adminToken: tokens.admin, analystToken: tokens.analyst }))
  for (const token of Object.values(tokens)) expect(configured).not.toContain(token)
  expect(configured).toContain('Bearer $ADMIN_TOKEN')
})

test('a replay is announced, and so is its shorter default interval', () => {
  expect(announcement(input({}))).toMatch(/REPLAY, nothing is live\n {2}Prices of the past\.\n/)
  expect(announcement(input({}))).toContain('Polling every 15 s, shorter than the usual 900 s')
  expect(announcement(input({ pollIntervalSeconds: 15 }))).not.toContain('shorter than')
})

test('in JSON the announcement is one line without the configured tokens', () => {
  const text = announcement(input({ logFormat: 'json', adminToken: tokens.admin }))
  expect(text.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(text)).toMatchObject({
    msg: 'ready',
    url: 'http://127.0.0.1:3000',
    replay: ['Prices of the past.'],
    analystLogin: 'http://127.0.0.1:3000/login?token=random-analyst-token',
  })
  expect(text).not.toContain(tokens.admin)
})

function input(config: Partial<AnnouncementInput['config']>): AnnouncementInput {
  return {
    application: {
      url: 'http://127.0.0.1:3000',
      startedIn: '1.23 s',
      replayNote: ['Prices of the past.'],
      intervalSeconds: 15,
    },
    config: { adminToken: null, analystToken: null, pollIntervalSeconds: null, logFormat: 'pretty', ...config },
    tokens,
  }
}
