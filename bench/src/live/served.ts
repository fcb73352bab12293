/** What a server of this bench answers with: our stream, or one shared buffer, by `node:http` alone or in a mounted Router. */
export type Served = 'ours' | 'buffer' | 'router'
