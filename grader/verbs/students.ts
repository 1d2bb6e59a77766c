import type { Command } from 'commander'
import { collect, one, oneOf, port } from './arguments.ts'

/** What a student does: the course itself, and the workbench. */
export function addStudentVerbs(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description(
      'show the next exercise, grade each file when it is saved, and serve the lesson site',
    )
    .option('--once', 'grade the next exercise once and stop')
    .option(
      '--port <n>',
      'the lesson site’s port; 4321 when left out, or any if that is taken',
      port,
    )
    .option('--no-site', 'grade only')
    .option('--plain', 'plain lines in place of a screen: for screen readers, or to scroll back')
    .addHelpText('after', '\nExample: npm start -- --port 8080 --plain')
    .action(async (options) => {
      process.exitCode = await (await import('../commands/start.ts')).start(options)
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
      process.exitCode = await (await import('../commands/check.ts')).check(ids ?? [], options)
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
      process.exitCode = await (await import('../commands/play.ts')).play(exercise, args, options)
    })

  program
    .command('peer')
    .description(
      'play the other end of your program by hand: see what goes and comes, send anything',
    )
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
      process.exitCode = await (await import('../commands/peer.ts')).peer(kind, where, options)
    })

  program
    .command('compare')
    .description('our solution beside your program, and the mistakes that others make there')
    .argument('<id>', 'exercise', one)
    .addHelpText('after', '\nExample:\n  npm run compare -- echo-server')
    .action(async (exercise) => {
      process.exitCode = await (await import('../commands/compare.ts')).compare(exercise)
    })

  program
    .command('list')
    .description('the exercises in their order, and which you have passed')
    .addHelpText('after', '\nExample:\n  npm run list')
    .action(async () => {
      process.exitCode = (await import('../commands/list.ts')).list()
    })

  program
    .command('hint')
    .description('a hint for an exercise, one more each time')
    .argument('<id>', 'exercise', one)
    .addHelpText('after', '\nExample:\n  npm run hint -- echo-server')
    .action(async (exercise) => {
      process.exitCode = (await import('../commands/hint.ts')).hint(exercise)
    })

  program
    .command('reset')
    .description('put an exercise back to its beginning; a copy of your file is kept')
    .argument('<id>', 'exercise', one)
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npm run reset -- echo-server')
    .action(async (exercise, options) => {
      process.exitCode = await (await import('../commands/reset.ts')).reset(exercise, options)
    })

  program
    .command('update-course')
    .description('bring new lessons, tests and exercises into this folder; what you wrote stays')
    .argument('<from>', 'a newer handout (a folder, .zip or .tar.gz), or the course')
    .option('--dry-run', 'only show what would be done')
    .addHelpText('after', '\nExample: npm run update-course -- ../sockets-2027 --dry-run')
    .action(async (from, options) => {
      const { updateCourse } = await import('../commands/update-course.ts')
      process.exitCode = await updateCourse(from, options)
    })
}
