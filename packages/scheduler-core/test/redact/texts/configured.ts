/** A made-up secret with characters that each encoding writes in its own way. */
export const SECRET = `canary+7f3a/9c?&"pq'=ü x`
/** One as most services make them. */
export const TOKEN = 'c4n4ry7F3a9cQx81LmZ0'

const hex = (text: string) => Buffer.from(text).toString('hex')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const form = (text: string) => new URLSearchParams({ q: text }).toString().slice(2)
const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
const each = (text: string, write: (code: number) => string) =>
  [...text].map((character) => write(character.codePointAt(0) ?? 0)).join('')
const everyByte = (text: string) => hex(text).replace(/../g, '%$&')
const html = (text: string) => text.replace(/[&"'<>/]/g, (character) => `&#${character.charCodeAt(0)};`)
const wrapped = (text: string, width: number, end = '\n') =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)

/** Each way to write a secret, with its name. */
export const WAYS: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (text) => text],
  // Found later, each for its kind.
  [
    'octal of every byte',
    (text) => hex(text).replace(/../g, (byte) => `\\${Number.parseInt(byte, 16).toString(8).padStart(3, '0')}`),
  ],
  ...['\u3164', '\uffa0', '\u2800', '\u00a0', '\u2009', '\u001b[1;31m'].map(
    (mark) => [`split by ${JSON.stringify(mark)}`, (text: string) => wrapped(text, 5, mark)] as const,
  ),
  ['JSON', json],
  ['JSON in JSON', (text) => json(json(text))],
  ['JSON three times', (text) => json(json(json(text)))],
  ['JSON with escaped slashes', (text) => json(text).replaceAll('/', '\\/')],
  [
    'JSON in ASCII',
    (text) =>
      each(json(text), (code) => (code > 126 ? `\\u${code.toString(16).padStart(4, '0')}` : String.fromCharCode(code))),
  ],
  ['\\u of every character', (text) => each(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`)],
  ['\\u in capitals', (text) => each(text, (code) => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`)],
  ['\\u{} of every character', (text) => each(text, (code) => `\\u{${code.toString(16)}}`)],
  ['\\u in JSON', (text) => each(text, (code) => `\\\\u${code.toString(16).padStart(4, '0')}`)],
  ['\\x of every byte', (text) => hex(text).replace(/../g, '\\x$&')],
  ['percent', encodeURIComponent],
  ['percent in small letters', (text) => lower(encodeURIComponent(text))],
  ['percent twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['percent twice in small letters', (text) => lower(encodeURIComponent(lower(encodeURIComponent(text))))],
  ['percent three times', (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text)))],
  ['percent of every byte', everyByte],
  ['percent of a URL', encodeURI],
  ['percent with apostrophes', (text) => encodeURIComponent(text).replaceAll("'", '%27')],
  ['form', form],
  ['form in small letters', (text) => lower(form(text))],
  ['form in percent', (text) => encodeURIComponent(form(text))],
  ['percent in JSON', (text) => json(encodeURIComponent(text))],
  ['JSON in percent', (text) => encodeURIComponent(json(text))],
  ['HTML in numbers', html],
  ['HTML of every character', (text) => each(text, (code) => `&#${code};`)],
  ['HTML of every character in hex', (text) => each(text, (code) => `&#x${code.toString(16)};`)],
  ['HTML in hex in capitals', (text) => each(text, (code) => `&#X${code.toString(16).toUpperCase()};`)],
  ['HTML with names', (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&apos;')],
  ['HTML twice', (text) => html(text).replaceAll('&', '&amp;')],
  ['HTML in JSON', (text) => json(html(text))],
  ['HTML without semicolons', (text) => each(text, (code) => `&#${code}`)],
  ['hex', hex],
  ['hex in capitals', (text) => hex(text).toUpperCase()],
  ['hex with colons', (text) => hex(text).replace(/..(?!$)/g, '$&:')],
  [
    'hex with dashes in capitals',
    (text) =>
      hex(text)
        .toUpperCase()
        .replace(/..(?!$)/g, '$&-'),
  ],
  ['hex with spaces', (text) => hex(text).replace(/..(?!$)/g, '$& ')],
  ['hex wrapped', (text) => wrapped(hex(text), 16)],
  [
    'hex in an array of C',
    (text) =>
      hex(text)
        .replace(/..(?!$)/g, '0x$&, ')
        .replace(/..$/, '0x$&'),
  ],
  ['bytes in JSON', (text) => JSON.stringify(Buffer.from(text))],
  ['bytes in a list', (text) => `[ ${[...Buffer.from(text)].join(', ')} ]`],
  ['base64', base64],
  ['base64 after one byte', (text) => base64(`a${text}`)],
  ['base64 after two bytes', (text) => base64(`ab${text}z`)],
  ['base64 after a user', (text) => base64(`app:${text}`)],
  ['base64 within JSON', (text) => base64(JSON.stringify({ user: 'app', key: text }))],
  ['base64 of percent', (text) => base64(encodeURIComponent(text))],
  ['base64 of a form', (text) => base64(`k=${form(text)}&n=1`)],
  ['base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  ['base64url after a user', (text) => Buffer.from(`ab:${text}`).toString('base64url')],
  ['base64 in percent', (text) => encodeURIComponent(base64(text))],
  ['base64 in JSON', (text) => json(base64(text)).replaceAll('/', '\\/')],
  ['base64 wrapped', (text) => wrapped(base64(`${'x'.repeat(50)}${text}${'y'.repeat(50)}`), 76)],
  ['base64 wrapped by 20', (text) => wrapped(base64(text), 20)],
  ['base64 wrapped with CRLF', (text) => wrapped(base64(text), 16, '\r\n')],
  ['base64 wrapped in JSON', (text) => json(wrapped(base64(text), 16))],
  ['base64 wrapped and indented', (text) => wrapped(base64(text), 16, '\n    ')],
  ['on two lines', (text) => wrapped(text, 9)],
  ['on lines with CRLF', (text) => wrapped(text, 7, '\r\n')],
  ['on lines with an indentation', (text) => wrapped(text, 8, '\n\t')],
  ['on lines that a shell joins', (text) => wrapped(text, 8, '\\\n')],
  ['on lines in JSON', (text) => json(wrapped(text, 8))],
  ['with spaces', (text) => wrapped(text, 4, ' ')],
  ['with zero-width spaces', (text) => wrapped(text, 5, '\u200b')],
  ['with zero-width joiners', (text) => wrapped(text, 3, '\u200d')],
  ['with word joiners', (text) => wrapped(text, 5, '\u2060')],
  ['with soft hyphens', (text) => wrapped(text, 4, '\u00ad')],
  ['with byte order marks', (text) => wrapped(text, 6, '\ufeff')],
  ['with marks of direction', (text) => wrapped(text, 6, '\u202e')],
  ['with control characters', (text) => wrapped(text, 6, '\u0007')],
  ['with NUL', (text) => wrapped(text, 5, '\0')],
  ['with escaped zero-width spaces', (text) => wrapped(text, 6, '\\u200b')],
  ['with entities without width', (text) => wrapped(text, 6, '&#8203;')],
  ['with variation selectors', (text) => wrapped(text, 5, '\ufe0f')],
  ['with tags', (text) => wrapped(text, 5, '\u{e0041}')],
]

/** Around a secret there is text, with which it may run together. */
export const PLACES = ['refused: § again', '{"message":"§"}', 'x§y'] as const
