import { Command, CommanderError } from 'commander'
import { BadCall } from './exit.ts'
import { addAuthorVerbs } from './verbs/authors.ts'
import { addInstructorVerbs } from './verbs/instructors.ts'
import { addStudentVerbs } from './verbs/students.ts'

/** The `course` command: arguments → verb → exit code. What a verb does is a file of commands/. */
const program = new Command('course')
  .description('A course on socket programming: every saved file is graded over real sockets')
  .showHelpAfterError()
  .exitOverride()

addStudentVerbs(program)
addInstructorVerbs(program)
addAuthorVerbs(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof BadCall) {
    console.error(`course: ${error.message}`)
    process.exitCode = 2
  } else {
    console.error(
      'course: the grader itself failed; this is a bug in the course, not in your program.',
    )
    console.error(error)
    process.exitCode = 3
  }
}
