// Jest looks up what its configuration names without the conditions under which it then runs tests: hence not named there.
import '@pm/scheduler-testing/jest'
