import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
const saveAs = path.join(folder, 'report')
// Announces ten bytes, and closes after four.
const server = net.createServer((accepted) => accepted.end('half'))
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region save
const SIZE = 10

async function save(name: string) {
  await pipeline(net.connect(port, '127.0.0.1'), fs.createWriteStream(name))
  if (fs.statSync(name).size !== SIZE) throw new Error('the file is not whole')
}

async function saveWhole(name: string) {
  const part = `${name}.part`
  try {
    await save(part)
    fs.renameSync(part, name)
  } finally {
    fs.rmSync(part, { force: true })
  }
}

for (const way of [save, saveWhole]) {
  fs.writeFileSync(saveAs, 'last year')
  await way(saveAs).catch((error) => console.log(`${way.name}: ${error.message}`))
  console.log(fs.readdirSync(folder), fs.readFileSync(saveAs, 'utf8'))
}
// #endregion
server.close()
fs.rmSync(folder, { recursive: true })
