/** Names whose values are secrets, wherever they stand in a longer name: `DB_PASSWORD`, `refreshToken`. */
const ANYWHERE = [
  '(?:api|private|secret|access|account|auth|consumer|deploy|encryption|hmac|license|master|service|session|shared|signing|storage|subscription|webhook)[ _-]?(?:access[ _-]?)?key',
  'passw(?:or)?d',
  'passphrase',
  // In other languages.
  'passwort|kennwort|contrase(?:ñ|n)a|mot[ _]de[ _]passe|senha|пароль|密码|パスワード',
  'passcode',
  'pwd',
  'secret',
  'credential|creds',
  'saml[ _]?response|client[ _]assertion|code[ _]verifier',
  'connection[ _-]?string',
  '(?:access|refresh|session|csrf|xsrf|auth|api|bearer|id|security)[ _-]?token',
  '(?:session|sess)[ _-]?id',
]
/** Those that begin a word of the name: no `bypass`, no `author`. */
const WORDS = [
  'pass',
  'token',
  'auth',
  'sig',
  'signature',
  'sid',
  'jwt',
  'otp',
  'pin',
  'pat',
  'pw',
  'cvv',
  'cvc',
  'clave',
  'bearer',
  'mfa[ _-]?code',
]
/** Those of headers, whose value is the rest of the line. */
const HEADERS = ['authorization', '(?:set[ _-]?)?cookie']

const SUFFIX =
  '(?:s|_?base)?(?:[ _-]?(?:hash|value|text|plain|old|new|current|confirm|confirmation|repeat|digest|salt|prod|dev|test|live|[0-9]{1,2}))?'

/** The pattern of a name, with the part that tells in one of three groups: `anywhere`, `word`, `header`. */
export const SECRET_NAME = `(?:(?<header>${HEADERS.join('|')})|(?<anywhere>${ANYWHERE.join('|')})|(?<word>${WORDS.join('|')}))${SUFFIX}`

/** What such a pattern found. */
export interface FoundName {
  readonly kind: 'header' | 'anywhere' | 'word'
  /** The word that told. */
  readonly word: string
  readonly at: number
}

/**
 * The name that `found` matched in a text, `null` for a word that is only the end of a longer one. What a pattern has before
 * `SECRET_NAME` is its group `before`.
 */
export function nameIn(text: string, found: RegExpExecArray): FoundName | null {
  const { before = '', header, anywhere, word } = found.groups ?? {}
  const at = found.index + before.length
  if (header !== undefined) return { kind: 'header', word: header, at }
  if (anywhere !== undefined) return { kind: 'anywhere', word: anywhere, at }
  return word !== undefined && beginsWord(text, at) ? { kind: 'word', word, at } : null
}

/** Whether a word begins here: after no letter, or with a capital after a small one, as in `dbPass`. */
function beginsWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  return !LETTER.test(before) || (SMALL.test(before) && CAPITAL.test(text.charAt(at)))
}

const LETTER = /[a-z]/i
const SMALL = /[a-z]/
const CAPITAL = /[A-Z]/

/** Whether a field of this name holds a secret: `password`, `X-Api-Key`, `refreshToken`, `sig`. */
export function isSecretName(name: string): boolean {
  const end = name.slice(-MAX_NAME_LENGTH)
  const found = NAME_AT_END.exec(end)
  return found !== null && nameIn(end, found) !== null
}

const MAX_NAME_LENGTH = 200
const NAME_AT_END = new RegExp(`${SECRET_NAME}$`, 'i')
