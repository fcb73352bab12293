/** The root of the repository. */
export const ROOT = new URL('../../../../', import.meta.url)

export const FIXTURES = new URL('../../fixtures/', import.meta.url)

/** Where the modules of blocks stand while they run, in a folder for each process that writes them. Not in the repository. */
export const ALL_MODULES = new URL('../../.blocks/', import.meta.url)

/** Those of this process. */
export const MODULES = new URL(`${process.pid}/`, ALL_MODULES)
