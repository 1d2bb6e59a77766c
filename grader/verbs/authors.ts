import type { Command } from 'commander'

/** What those do who write the course. */
export function addAuthorVerbs(program: Command): void {
  program
    .command('new')
    .description('scaffold an exercise, for those who write the course')
    .argument('<place>', 'NN-topic/id, for example 03-tcp-servers/quote-server')
    .action(async (place) => {
      process.exitCode = (await import('../commands/new.ts')).scaffold(place)
    })
}
