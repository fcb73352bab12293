import type { NextConfig } from 'next'

/** Else Next answers 308 to a path with a slash at its end, which the routes take for the same. */
export default { skipTrailingSlashRedirect: true } satisfies NextConfig
