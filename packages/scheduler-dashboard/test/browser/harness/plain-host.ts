/** A name of the loopback that a browser does not trust: there is neither a lock nor a clipboard, as in most plain intranets. */
export const PLAIN_HOST = 'plain.test'
