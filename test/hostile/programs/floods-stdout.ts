// does: prints 100 MB in one line
// exercise: endpoints
// status: fail
// crash: every test
// says: printed more than 16 MiB
process.stdout.write('x'.repeat(100 * 1024 * 1024))

export { describeConnection } from './accomplice.ts'
