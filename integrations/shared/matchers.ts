/** A use of our matchers as a type-checked test has it; `imports` is how the test gets them, and `expect`. */
export function matcherUse(imports: string): string {
  return `${imports}
expect({}).toBeStandardMetrics('admin-v1')
expect({}).not.toBeStandardMetrics('admin-v1', { golden: {} })
expect({ view: 'admin-v1', response: {} }).toAgreeWithView({ view: 'admin-v2', response: {} })
export const settled: Promise<void> = expect(Promise.resolve({})).resolves.toBeStandardMetrics('admin-v1')
// @ts-expect-error: no view has this name
expect({}).toBeStandardMetrics('admin-v3')
`
}

/** Appended to the first test of README: a test by a matcher, where `defineTest` is how the runner names it. */
export const MATCHER_TEST = `
it('takes only numbers that agree with each other', async () => {
  const scheduler = createScheduler({ name: 'matchers', jobs: [], ...createMemoryBackend() })
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  const admin = toAdminStatus(snapshot)
  expect(admin).toBeStandardMetrics('admin-v1')
  expect({ ...admin, failed_runs: 1 }).not.toBeStandardMetrics('admin-v1')
  await scheduler.close()
})
`
