/** The capstone: nine stages, each of which builds on those before it. */
import { accounts } from './stages/accounts.ts'
import { changeDir } from './stages/change-dir.ts'
import { home } from './stages/home.ts'
import { listing } from './stages/listing.ts'
import { login } from './stages/login.ts'
import { progress } from './stages/progress.ts'
import { quota } from './stages/quota.ts'
import { resume } from './stages/resume.ts'
import { transfer } from './stages/transfer.ts'

// Called rather than registered by being imported: a module that is known already is not run again.
for (const stage of [
  login,
  accounts,
  home,
  quota,
  changeDir,
  listing,
  transfer,
  progress,
  resume,
]) {
  stage()
}
