/** Jest as a host would have it: ES modules, the matchers in `setupFilesAfterEnv`, and packages resolved as everywhere here. */
export default {
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/*.jest.mjs'],
  setupFilesAfterEnv: ['<rootDir>/set-up.mjs'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'node'],
  testEnvironmentOptions: { customExportConditions: ['@pm/source', 'node', 'node-addons'] },
  transform: { '\\.ts$': '<rootDir>/strip-types.mjs' },
  cache: false,
  watchman: false,
}
