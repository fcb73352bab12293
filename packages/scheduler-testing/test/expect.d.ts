/** As much of Jest's package `expect`, which is not installed here, as `src/jest.ts` adds to. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {}
}
