/**
 * How a release note becomes an entry of a CHANGELOG: its text, as it was written, without a list and without a hash of a
 * commit. All packages have one version, so that nothing is said of dependencies among them.
 */
export default {
  getReleaseLine: async ({ summary }) => `\n${summary.trim()}\n`,
  getDependencyReleaseLine: async () => '',
}
