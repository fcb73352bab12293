// Imported first, so that an old Node fails with one clear sentence.
import '@pm/scheduler-core'
