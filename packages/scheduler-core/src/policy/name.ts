/** What every name of a job, a template or a queue looks like. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9._:-]{0,63}$/
export const A_NAME = 'a name of 1 to 64 characters: a-z, 0-9, and . _ : - but not first'
