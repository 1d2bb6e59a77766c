import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { BadCall } from './exit.ts'
import { type ExerciseInfo, exercises, findExercise } from './manifest.ts'
import { formatNames } from './report/formats.ts'

/** The `course` command: arguments → verb → exit code. Each verb lives in a file of commands/. */
const program = new Command('course')
  .description('A course on socket programming: every saved file is graded over real sockets')
  .showHelpAfterError()
  .exitOverride()

program
  .command('start', { isDefault: true })
  .description(
    'show the next exercise, grade each file when it is saved, and serve the lesson site',
  )
  .option('--once', 'grade the next exercise once and stop')
  .option('--port <n>', 'the lesson site’s port; 4321 when left out, or any if that is taken', port)
  .option('--no-site', 'grade only')
  .option('--plain', 'plain lines in place of a screen: for screen readers, or to scroll back')
  .addHelpText('after', '\nExample: npm start -- --port 8080 --plain')
  .action(async (options) => {
    process.exitCode = await (await import('./commands/start.ts')).start(options)
  })

program
  .command('check')
  .description('grade exercises once: the ones named, or all')
  .argument('[id...]', 'exercises', collect)
  .option('--seed <seed>', 'repeat a run with the inputs of an earlier one')
  .option('--file <file>', 'grade this file instead of the exercise folder’s main.ts')
  .option('--test <text>', 'run only the tests whose titles contain this')
  .option('--watch', 'grade again at each save, until Ctrl-C')
  .option('--wire', 'show what went over the wire in tests that passed, too')
  .option('--pcap <file>', 'write what went over the wire in each test to a file for Wireshark')
  .option('--debug', 'your program waits for a debugger first; no time limit holds')
  .addHelpText(
    'after',
    `
Examples:
  npm run check -- echo-server --watch
  npm run check -- echo-server --test 'half-close' --debug
  npm run check -- echo-server --wire --pcap echo.pcapng`,
  )
  .action(async (ids, options) => {
    process.exitCode = await (await import('./commands/check.ts')).check(ids ?? [], options)
  })

program
  .command('list')
  .description('the exercises in their order, and which you have passed')
  .action(async () => {
    process.exitCode = (await import('./commands/list.ts')).list()
  })

program
  .command('hint')
  .description('a hint for an exercise, one more each time')
  .argument('<id>', 'exercise', one)
  .action(async (exercise) => {
    process.exitCode = (await import('./commands/hint.ts')).hint(exercise)
  })

program
  .command('reset')
  .description('put an exercise back to its beginning; a copy of your file is kept')
  .argument('<id>', 'exercise', one)
  .option('--yes', 'do not ask')
  .action(async (exercise, options) => {
    process.exitCode = await (await import('./commands/reset.ts')).reset(exercise, options)
  })

program
  .command('grade')
  .description(
    'grade submissions: folders that hold exercises/ or the chapter folders, archives of such a folder, a folder of these, or a .csv with the columns name and path',
  )
  .argument('<path...>', 'folders, .zip, .tar.gz, .tgz or .csv files')
  .option('--exercise <id>', 'grade only this exercise (repeatable)', collect)
  .option('--format <format>', formatNames.join(', '), oneOf(...formatNames), 'text')
  .option('--reports <dir>', 'write the report in every format into this folder')
  .option('--seed <seed>', 'the seed of all inputs; drawn afresh when left out')
  .option(
    '--isolation <level>',
    'os (bubblewrap), node (Node’s permission model) or none; the best there is when left out',
    oneOf('os', 'node', 'none'),
  )
  .option('--jobs <n>', 'how many to grade at the same time', positive)
  .addHelpText(
    'after',
    `
Formats: text for the terminal; json, the whole report; csv, a gradebook; junit; html, a page on the class;
feedback (Markdown), gradescope, exercism: for one submission each. --reports writes them all.

Examples:
  npm run --silent grade -- class/ --reports reports/
  npm run --silent grade -- class/ --format csv > gradebook.csv
  npm run --silent grade -- class/ada --exercise first-client --format feedback`,
  )
  .action(async (paths, options) => {
    process.exitCode = await (await import('./commands/grade.ts')).grade(paths, options)
  })

program
  .command('peer')
  .description('play the other end of your program by hand: see what goes and comes, send anything')
  .argument(
    '<kind>',
    'tcp, tcp-listen, udp, udp-listen, unix or unix-listen',
    oneOf('tcp', 'tcp-listen', 'udp', 'udp-listen', 'unix', 'unix-listen'),
  )
  .argument('[where...]', 'HOST PORT, or PORT alone on 127.0.0.1; for unix a PATH')
  .option('--script <file>', 'do what the lines of a file say, and wait for what they expect')
  .option('--record <file>', 'write the session down as such a file')
  .option('--pcap <file>', 'write what went over the wire to a file for Wireshark')
  .addHelpText(
    'after',
    `
Examples:
  npm run peer -- tcp 127.0.0.1 4000           be the client of a server of yours
  npm run peer -- tcp-listen 4000              be the server of a client of yours
  npm run peer -- udp-listen 0.0.0.0 4000      take datagrams on all interfaces
  npm run peer -- tcp 4000 --record hello.peer, then --script hello.peer   do it once more

While it runs, Enter sends a line and /help shows the commands.`,
  )
  .action(async (kind, where, options) => {
    process.exitCode = await (await import('./commands/peer.ts')).peer(kind, where, options)
  })

program
  .command('new')
  .description('scaffold an exercise, for those who write the course')
  .argument('<place>', 'NN-topic/id, for example 03-tcp-servers/quote-server')
  .action(async (place) => {
    process.exitCode = (await import('./commands/new.ts')).scaffold(place)
  })

program
  .command('similar')
  .description(
    'tell which submissions are alike, exercise by exercise: a hint for a person, no proof',
  )
  .argument('<path...>', 'folders, .zip, .tar.gz, .tgz or .csv files, as for grade')
  .option('--threshold <percent>', 'tell pairs that have this much in common, or more', percent, 40)
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
    process.exitCode = await (await import('./commands/similar.ts')).similar(paths, options)
  })

program
  .command('play')
  .description('run your program by hand; every byte of its sockets is shown meanwhile')
  .argument('<id>', 'exercise', one)
  .argument(
    '[args...]',
    'what the program is to be started with; write -- before one that begins with -',
  )
  .option('--solution', 'run our solution instead, once you have passed the exercise')
  .option('--pcap <file>', 'write what went over the wire to a file for Wireshark')
  .addHelpText('after', '\nExample:\n  npm run play -- echo-server 4000')
  .action(async (exercise, args, options) => {
    process.exitCode = await (await import('./commands/play.ts')).play(exercise, args, options)
  })

program
  .command('compare')
  .description('our solution beside your program, and the mistakes that others make there')
  .argument('<id>', 'exercise', one)
  .addHelpText('after', '\nExample:\n  npm run compare -- echo-server')
  .action(async (exercise) => {
    process.exitCode = await (await import('./commands/compare.ts')).compare(exercise)
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
    process.exitCode = (await import('./commands/gradescope.ts')).gradescope(out, options)
  })

/** An exercise that exists, by its id. */
function one(id: string): ExerciseInfo {
  const exercise = findExercise(id)
  if (exercise) return exercise
  throw new InvalidArgumentError(
    `There is no exercise “${id}”. They are: ${exercises.map((e) => e.id).join(', ')}.`,
  )
}

function collect(id: string, before: ExerciseInfo[] = []): ExerciseInfo[] {
  return [...before, one(id)]
}

function oneOf(...allowed: string[]) {
  return (value: string) => {
    if (allowed.includes(value)) return value
    throw new InvalidArgumentError(`It is one of: ${allowed.join(', ')}.`)
  }
}

function positive(value: string): number {
  if (/^[1-9]\d{0,2}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 1 to 999.')
}

function port(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 0 (any free port) to 65535.')
}

function percent(value: string): number {
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 1 to 100.')
}

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
