import { MASK, type Rule } from './redact.ts'

const SCHEME_END = /:(?:\\*\/){2}/g
const SCHEME = /(?:^|[^a-z0-9+.-])([a-z][a-z0-9+.-]{0,30})$/i
/** Quotes and spaces end a URL, but an apostrophe within a word. */
const URL_END = /[\s"<>`]|'(?!\w)|\\+["'nrt]|$/g
const HOST = /(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]|%2f)/iy
/** Names that every clone of a repository, and every new database, has. */
const PUBLIC = /^(?:git|hg|svn|anonymous|guest|root|postgres)$/i

/**
 * User names and passwords in URLs, also with `@`, `/`, `?` and `#` in the password, and tokens as the user. Where the
 * text before the first slash can be no host with its port, the last `@` of the URL ends them.
 */
export const urlUsers: Rule = (text, hide) => {
  let [end, lastAt] = [-1, -1]
  SCHEME_END.lastIndex = 0
  for (let found = SCHEME_END.exec(text); found; found = SCHEME_END.exec(text)) {
    const start = found.index + found[0].length
    if (start >= end) {
      URL_END.lastIndex = start
      end = URL_END.exec(text)?.index ?? text.length
      lastAt = text.lastIndexOf('@', end - 1)
    }
    const scheme = SCHEME.exec(text.slice(Math.max(0, found.index - 32), found.index))?.[1]
    if (scheme === undefined) continue
    const url = { start, end, lastAt, scheme }
    const stop = lastAt < start ? endBeyond(text, url) : endOfUser(text, url)
    if (stop === null) continue
    const user = text.slice(start, stop)
    if (user !== MASK && !PUBLIC.test(user)) hide(start, stop)
    SCHEME_END.lastIndex = stop
  }
}

/** A user and a password with a quote or an angle bracket in it; but for pages of the web, with spaces too. */
const QUOTED_PASSWORD = /[\w.%~-]{0,64}:(?=[^\d\s/])([^\s@/,;()[\]{}]{1,128})@(?=[a-z0-9_-])/iy
const SPACED_PASSWORD = /[\w.%~-]{0,64}:(?=[^\d\s/])([^\r\n@/,;()[\]{}]{1,64})@(?=[a-z0-9_-])/iy
const PLACEHOLDER = /^<[a-z _-]+>$/i

function endBeyond(text: string, { start, scheme }: Url): number | null {
  const pattern = /^http|^ws/i.test(scheme) ? QUOTED_PASSWORD : SPACED_PASSWORD
  pattern.lastIndex = start
  const found = pattern.exec(text)
  return found && !PLACEHOLDER.test(found[1] ?? '') ? pattern.lastIndex - 1 : null
}

interface Url {
  readonly start: number
  readonly end: number
  /** The last `@` before its end. */
  readonly lastAt: number
  readonly scheme: string
}

function endOfUser(text: string, { start, end, lastAt, scheme }: Url): number | null {
  const rest = text.slice(start, end)
  const slash = rest.search(/[/?#\\]/)
  const first = slash < 0 ? rest : rest.slice(0, slash)
  const within = first.lastIndexOf('@')
  // `app:p@ss/word@db`: the first part has an `@`, but what follows it may be more of the password.
  if (within >= 0) {
    const isWhole = scheme.startsWith('http') || !hostFollows(text, lastAt) || isPort(first.slice(within + 1))
    return isWhole ? start + within : lastAt
  }
  const colon = first.indexOf(':')
  if (colon <= 0 || slash < 0 || !hostFollows(text, lastAt)) return null
  const [host, port] = [first.slice(0, colon), first.slice(colon + 1)]
  if (port === '' || host.startsWith('[')) return null
  if (!/^\d+$/.test(port)) return lastAt
  const isHost = host.includes('.') || host === 'localhost' || text.charAt(lastAt - 1) === '/'
  return isHost || /^\d/.test(text.slice(lastAt + 1)) ? null : lastAt
}

/** `db:5432` and `db.example.com` are hosts; `ss` may be more of a password. */
function isPort(host: string): boolean {
  return /^[\w.-]*:\d+$/.test(host) || /^[\w-]+(?:\.[\w-]+)+$/.test(host) || /^(?:localhost|db)$/.test(host)
}

function hostFollows(text: string, at: number): boolean {
  HOST.lastIndex = at + 1
  return HOST.test(text)
}

/** Connection strings without slashes: `app:…@tcp(db:3306)/x`, `jdbc:oracle:thin:app/…@db`, `//app:…@db`. */
const OTHERS = [
  /\b[\w.-]{1,64}:([^\s@"']{1,256})@(?:tcp|udp|unix)\(/gi,
  /jdbc:oracle:\w{1,8}:([^\s@"']{1,256})@/gi,
  /(?:^|[\s"'=(])\/\/([\w.%-]{1,64}:[^\s@/"']{1,256})@(?=\w)/g,
]

export const otherUsers: Rule = (text, hide) => {
  if (!text.includes('@')) return
  for (const pattern of OTHERS) {
    for (const found of text.matchAll(pattern)) {
      const [whole, user = ''] = found
      const start = found.index + whole.indexOf(user)
      if (user !== MASK) hide(start, start + user.length)
    }
  }
}
