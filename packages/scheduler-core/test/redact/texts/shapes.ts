const letters = (length: number) => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z'.repeat(8).slice(0, length)
const hex = (length: number) => '0a1b2c3d4e5f6789'.repeat(8).slice(0, length)
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Made up, and put together here, so that no scanner takes them for real ones. */
const of = (...parts: readonly string[]) => parts.join('')

const header = base64url({ alg: 'HS256', typ: 'JWT' })
const pem = (kind: string) =>
  [
    `-----${of('BEG', 'IN')} ${kind}PRIVATE KEY-----`,
    `MII${letters(61)}`,
    letters(64),
    `-----${of('EN', 'D')} ${kind}PRIVATE KEY-----`,
  ].join('\n')

export const SHAPES: readonly (readonly [string, string])[] = [
  ['JWT', `${header}.${base64url({ sub: '1', name: 'Ada' })}.${letters(43)}`],
  ['JWT without a signature', `${header}.${base64url({ sub: '1', name: 'Ada' })}.`],
  [
    'JWT, encrypted',
    `${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${letters(40)}.${letters(16)}.${letters(30)}.${letters(22)}`,
  ],
  ...['p', 'o', 'u', 's', 'r'].map((kind) => [`GitHub gh${kind}`, of(`gh${kind}`, '_', letters(36))] as const),
  ['GitHub, fine-grained', of('github', '_pat_', letters(22), '_', letters(59))],
  ['GitLab', of('glp', 'at-', letters(20))],
  ...['b', 'p', 'a', 'o', 's', 'e', 'r'].map(
    (kind) => [`Slack xox${kind}`, of('xo', `x${kind}-`, '123456789012-', letters(24))] as const,
  ),
  ['Slack app', of('xa', 'pp-1-', 'A0123-', letters(30))],
  ['Slack hook', of('T0AB12CD3', '/B0AB12CD3', `/${letters(24)}`)],
  ...['sk_live', 'sk_test', 'rk_live', 'pk_live'].map(
    (kind) => [`Stripe ${kind}`, of(kind, '_', letters(24))] as const,
  ),
  ['Stripe hook', of('whs', 'ec_', letters(32))],
  ['Google key', of('AI', 'za', letters(35))],
  ['Google OAuth', of('ya', '29.', letters(60))],
  ['Google client', of('GOC', 'SPX-', letters(28))],
  ['AWS key', of('AK', 'IA', 'ABCDEFGH23456789')],
  ['AWS session key', of('AS', 'IA', 'ABCDEFGH23456789')],
  ['OpenAI', of('s', 'k-proj-', letters(40))],
  ['Anthropic', of('s', 'k-ant-', letters(40))],
  ['npm', of('np', 'm_', letters(36))],
  ['PyPI', of('pyp', 'i-AgEIcHlwaS5vcmc', letters(40))],
  ['SendGrid', of('S', 'G.', letters(22), '.', letters(43))],
  ['Twilio', of('S', 'K', hex(32))],
  ['Mailgun', of('ke', 'y-', hex(32))],
  ['Hugging Face', of('h', 'f_', letters(34))],
  ['DigitalOcean', of('do', 'p_v1_', hex(64))],
  ['Shopify', of('shp', 'at_', hex(32))],
  ['Square', of('sq', '0atp-', letters(22))],
  ['Databricks', of('da', 'pi', hex(32))],
  ['Vault', of('hv', 's.', letters(24))],
  ['Grafana', of('gl', 'sa_', letters(32))],
  ['Docker', of('dck', 'r_pat_', letters(27))],
  ['Atlassian', of('ATA', 'TT3', letters(60))],
  ['Telegram', of('1234', '567890:A', 'A', letters(33))],
  ['Tailscale', of('tsk', 'ey-', 'auth-', letters(24))],
  ['age', of('AGE-SEC', 'RET-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')],
  ['PEM', pem('')],
  ['PEM RSA', pem('RSA ')],
  ['PEM EC', pem('EC ')],
  ['PEM OPENSSH', pem('OPENSSH ')],
  ['PEM ENCRYPTED', pem('ENCRYPTED ')],
  ['PEM in JSON', pem('').replaceAll('\n', '\\n')],
  ['PEM, cut off', pem('').slice(0, 90)],
]

/** Where a token stands in text. The hook of Slack has its host before it. */
export function around(token: string): string {
  const isPath = /^T0/.test(token)
  return isPath ? `POST https://hooks.${'slack'}.com/services/${token} 404` : `the service refused ${token} just now`
}
