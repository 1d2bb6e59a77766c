import net from 'node:net'
import os from 'node:os'

const bound = new net.BoundSocket({ host: '127.0.0.1' })

// #region errors
function attempt(host: string, port: number): Promise<NodeJS.ErrnoException> {
  return new Promise((resolve) => net.connect(port, host).on('error', resolve))
}

const refused = await attempt('127.0.0.1', bound.address().port)
console.log(refused.code, refused.errno === -os.constants.errno.ECONNREFUSED)

// Two dots in a row: no such name can exist, so no name server is asked.
const unknown = await attempt('no..name', 80)
console.log(unknown.code, unknown.syscall)

const impossible = await attempt('127.0.0.1', 65_536).catch((error) => error)
console.log(impossible.code, impossible instanceof RangeError)
// #endregion
bound.close()
