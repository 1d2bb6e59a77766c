// does: prints errors from a thread for as long as it lives
// exercise: endpoints
// status: fail
// crash: every test
// says: printed more than 16 MiB
import fs from 'node:fs'
import { Worker } from 'node:worker_threads'

new Worker(
  "const fs = require('node:fs'); const x = 'x'.repeat(65536); for (;;) try { fs.writeSync(2, x) } catch {}",
  {
    eval: true,
  },
)
for (;;) {
  try {
    fs.writeSync(2, 'x'.repeat(65536))
  } catch {
    // the pipe is full for now
  }
}
