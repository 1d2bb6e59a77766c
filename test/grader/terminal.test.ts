import { expect, test } from 'vitest'
import { hasTerminals, Terminal } from './terminal.ts'

const PROGRAM = `
  process.stdout.write('size ' + process.stdout.columns + 'x' + process.stdout.rows + ' ' + 'w '.repeat(15) + '\\n')
  process.stdout.on('resize', () => console.log('now', process.stdout.columns, process.stdout.rows))
  process.stdin.on('data', (data) => {
    if (String(data) === 'q\\n') process.exit(3)
    console.log('\\x1b[31mgot\\x1b[0m', JSON.stringify(String(data)))
  })
`

test.skipIf(!hasTerminals)(
  'a terminal shows what a command prints, passes on what is typed and can be resized',
  async () => {
    const terminal = new Terminal(process.execPath, ['-e', PROGRAM], { columns: 40, rows: 5 })
    await terminal.until(/size 40x5 (w ){14}w$/m)
    expect(terminal.rows.slice(0, 2)).toEqual([`size 40x5 ${'w '.repeat(14)}w`, ''])
    terminal.type('你好\r')
    await terminal.until(/got "你好\\n"/)
    expect(terminal.output).toContain('\x1b[31mgot')
    terminal.resize(20, 6)
    await terminal.until(/now 20 6/)
    // Wrapped now, and one line all the same.
    expect(terminal.text).toMatch(/^size 40x5 (w ){14}w$/m)
    expect(terminal.rows).toHaveLength(6)
    terminal.type('q\r')
    await expect(terminal.until(/never/)).rejects.toThrow('it ended before /never/ was seen')
    expect(await terminal.close()).toEqual({ code: 3, signal: undefined })
  },
)
