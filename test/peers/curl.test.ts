/**
 * curl as a plain TCP client. It never half-closes and stays until the server leaves, so where the
 * server waits for a FIN, ending curl is what sends it.
 */
import { describe, expect, server, testWith } from './tools.ts'

const CURL = ['--silent', '--verbose', '--no-buffer']

describe('echo-server serves curl telnet://', () => {
  testWith('curl')(
    "the reply comes without a half-close, and curl's leaving harms nobody",
    async (start) => {
      const echo = start(...server('echo-server'))
      const port = await echo.port()
      for (const name of ['first', 'second']) {
        const curl = start('curl', ...CURL, `telnet://127.0.0.1:${port}`)
        curl.endInput(name)
        await echo.prints(`127.0.0.1: ${name}\n`)
        echo.type(`ok ${name}\n`)
        await curl.prints(`ok ${name}`)
        await curl.stop()
        expect(curl.stdout).toBe(`${name}\nI get it!\nok ${name}`)
      }
    },
  )
})

describe('timestamp-server serves curl telnet://', () => {
  testWith('curl', 'netcat-openbsd')(
    'curl, which sends no FIN, gets nothing; nobody waits for it',
    async (start) => {
      const stamps = start(...server('timestamp-server'))
      const port = await stamps.port()
      const curl = start('curl', ...CURL, `telnet://127.0.0.1:${port}`)
      // Far more than the pipe holds: when all of it is taken, the server has had much from curl.
      await curl.type('hello\n'.repeat(100_000))
      curl.endInput()
      const meanwhile = start('nc', '-N', '127.0.0.1', port)
      meanwhile.endInput('a')
      expect(await meanwhile.result()).toMatch(/^\[.*Z\] a$/)
      // The reply to curl now meets a socket that is gone.
      await curl.stop()
      expect(curl.stdout).toBe('')
      const later = start('nc', '-N', '127.0.0.1', port)
      later.endInput('b')
      expect(await later.result()).toMatch(/^\[.*Z\] b$/)
    },
  )
})

describe('one-at-a-time serves curl telnet://', () => {
  testWith('curl', 'netcat-openbsd')(
    'a waiting nc gets its turn when curl is ended',
    async (start) => {
      const sequential = start(...server('one-at-a-time'))
      const port = await sequential.port()
      const curl = start('curl', ...CURL, `telnet://127.0.0.1:${port}`)
      curl.endInput('one\ntwo\n')
      await curl.prints('ready\n#1 one\n#2 two\n')
      const nc = start('nc', '-vN', '127.0.0.1', port)
      await nc.prints('succeeded!', 'stderr')
      nc.endInput('three\n')
      await curl.stop()
      expect(curl.stdout).toBe('ready\n#1 one\n#2 two\n')
      expect(await nc.result()).toBe('ready\n#1 three\n')
    },
  )
})
