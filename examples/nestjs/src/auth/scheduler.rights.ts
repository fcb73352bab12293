import { Roles } from './roles.guard.ts'

/** Who may look at the scheduler, and who may command it, in the words of the app's guard. */
export class SchedulerRights {
  @Roles('viewer', 'operator')
  read(): void {}

  @Roles('operator')
  control(): void {}
}
