/** By this token Nest injects the scheduler. */
export const SCHEDULER = Symbol('scheduler')
