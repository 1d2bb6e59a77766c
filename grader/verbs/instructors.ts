import type { Command } from 'commander'
import { formatNames } from '../report/formats.ts'
import { collect, oneOf, percent, positive } from './arguments.ts'

/** What an instructor does with a class. */
export function addInstructorVerbs(program: Command): void {
  program
    .command('grade')
    .description(
      'grade submissions: folders that hold exercises/ or the chapter folders, archives of such a folder, a folder of these, or a .csv with the columns name and path',
    )
    .argument('<path...>', 'folders, .zip, .tar.gz, .tgz or .csv files')
    .option('--exercise <id>', 'grade only this exercise (repeatable)', collect)
    .option('--format <format>', formatNames.join(', '), oneOf(...formatNames), 'text')
    .option('--reports <dir>', 'write the report in every format into this folder')
    .option('--seed <seed>', 'the seed of all inputs; when left out, the one kept for this class')
    .option('--fresh', 'draw a new seed, and grade everything again')
    .option(
      '--isolation <level>',
      'os (bubblewrap), node (Node’s permission model) or none; the best there is when left out',
      oneOf('os', 'node', 'none'),
    )
    .option(
      '--jobs <n>',
      'how many to grade at the same time; twice the cores when left out',
      positive,
    )
    .addHelpText(
      'after',
      `
Formats: text for the terminal; json, the whole report; csv, a gradebook; junit; html, a page on the class;
feedback (Markdown), gradescope, exercism: for one submission each. --reports writes them all.

Examples:
  npm run --silent grade -- class/ --reports reports/
  npm run --silent grade -- class/ --format csv > gradebook.csv
  npm run --silent grade -- class/ada --exercise first-client --format feedback

Each result is written down in .course/grades/ as it comes. After Ctrl-C, or
when a run was killed, the same command goes on where it was. A second run grades
only what has changed (a submission's files, the hidden tests, the grader), and
says on stderr what differs from the last.

The inputs of a class are drawn from a seed that nobody knows beforehand. It is
kept, so that everybody is graded alike, today and in the next run, and the report
says it. A report shows inputs to students: when they may hand in again after they
have seen one, grade with --fresh, which draws new inputs.`,
    )
    .action(async (paths, options) => {
      process.exitCode = await (await import('../commands/grade.ts')).grade(paths, options)
    })

  program
    .command('similar')
    .description(
      'tell which submissions are alike, exercise by exercise: a hint for a person, no proof',
    )
    .argument('<path...>', 'folders, .zip, .tar.gz, .tgz or .csv files, as for grade')
    .option(
      '--threshold <percent>',
      'tell pairs that have this much in common, or more',
      percent,
      40,
    )
    .option('--format <format>', 'text or json', oneOf('text', 'json'), 'text')
    .addHelpText(
      'after',
      `
Examples:
  npm run --silent similar -- class/
  npm run --silent similar -- class/ solutions/   who has the course’s own solution, too
  npm run --silent similar -- class.csv --threshold 60 --format json`,
    )
    .action(async (paths, options) => {
      process.exitCode = await (await import('../commands/similar.ts')).similar(paths, options)
    })

  program
    .command('gradescope')
    .description('make an autograder to upload at Gradescope')
    .argument('<out.zip>', 'the zip to write')
    .option('--exercise <id>', 'grade only this exercise (repeatable)', collect)
    .addHelpText(
      'after',
      `
Example: an assignment that is one exercise
  npm run gradescope -- first-client.zip --exercise first-client`,
    )
    .action(async (out, options) => {
      process.exitCode = (await import('../commands/gradescope.ts')).gradescope(out, options)
    })

  program
    .command('handout')
    .description('make the repository for students: without solutions, its hidden tests sealed')
    .argument('<dir>', 'a folder that is not there yet, or is empty')
    .addHelpText('after', '\nExample: npm run handout -- ../sockets-2026')
    .action(async (dir) => {
      process.exitCode = await (await import('../commands/handout.ts')).handout(dir)
    })
}
