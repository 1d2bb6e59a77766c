/**
 * A file server and its client. The way in: `server.ts` and `session.ts` for the one, `upload.ts`,
 * `download.ts` and `connection.ts` for the other; both stand on `wire.ts` and `protocol.ts`.
 */
import { download, list, upload } from './client.ts'
import { startFileServer } from './server.ts'

export type { Session } from './connection.ts'
export type { Entry } from './protocol.ts'
export type { ServerOptions } from './server.ts'
export type { Done } from './upload.ts'
export { download, list, startFileServer, upload }

const USAGE = `main.ts serve PORT DATADIR
main.ts put LOCAL REMOTE
main.ts get REMOTE LOCAL
main.ts ls [PATH]
put, get and ls go to port 4000 as alice, whose password is wonderland; the environment's
COURSE_PORT, COURSE_USER and COURSE_PASSWORD change that.`

if (import.meta.main) {
  const [verb, first = '', second = ''] = process.argv.slice(2)
  const {
    COURSE_PORT = '4000',
    COURSE_USER: user = 'alice',
    COURSE_PASSWORD: password = 'wonderland',
  } = process.env
  const session = { host: '127.0.0.1', port: Number(COURSE_PORT), user, password }
  if (verb === 'serve') {
    const port = Number(first || 4000)
    const accounts = [
      { name: 'alice', password: 'wonderland', quotaBytes: 100_000_000 },
      { name: 'bob', password: 'builder', quotaBytes: 1_000 },
    ]
    await startFileServer({ host: '127.0.0.1', port, dataDir: second || 'data', accounts })
    console.log(`listening on 127.0.0.1:${port}`)
  } else if (verb === 'put') {
    console.log(await upload({ ...session, local: first, remote: second }))
  } else if (verb === 'get') {
    console.log(await download({ ...session, remote: first, local: second }))
  } else if (verb === 'ls') {
    console.table(await list({ ...session, path: first || '/' }))
  } else {
    console.log(USAGE)
  }
}
