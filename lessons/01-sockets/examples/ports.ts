import { once } from 'node:events'
import net from 'node:net'

// #region ports
for (const port of [0, 65_536, -1]) {
  const server = net.createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    const { port: given } = server.address() as net.AddressInfo
    console.log(`asked for ${port}, got port ${given}`)
    server.close()
  } catch (error) {
    console.log(`asked for ${port}:`, (error as NodeJS.ErrnoException).code)
  }
}
// #endregion
