/** What the HTTP suite of `@pm/scheduler-testing` is made of and does not export: hosts call the suite itself. */
export { type Received, type Sent, send } from '../../../../packages/scheduler-testing/src/conformance/http/client.ts'
export { openScene, ROUTES } from '../../../../packages/scheduler-testing/src/conformance/http/scene.ts'
export { FAILED_RUN_ID, JOB } from '../../../../packages/scheduler-testing/src/conformance/http/staged-past.ts'
