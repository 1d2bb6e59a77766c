// #region inbox
class Inbox {
  #bytes: Buffer = Buffer.alloc(0)

  put(chunk: Buffer) {
    this.#bytes = Buffer.concat([this.#bytes, chunk])
  }

  takeLine(): Buffer | undefined {
    const end = this.#bytes.indexOf('\n')
    return end === -1 ? undefined : this.takeBytes(end + 1)?.subarray(0, end)
  }

  takeBytes(length: number): Buffer | undefined {
    if (this.#bytes.length < length) return undefined
    const taken = this.#bytes.subarray(0, length)
    this.#bytes = this.#bytes.subarray(length)
    return taken
  }
}

/** Notes: a line that announces so many bytes, then the bytes. */
function noteReader(): (chunk: Buffer) => string[] {
  const inbox = new Inbox()
  let head: { note: string; bytes: number } | undefined
  return (chunk) => {
    const notes: string[] = []
    inbox.put(chunk)
    while (true) {
      if (!head) {
        const line = inbox.takeLine()
        if (!line) return notes
        head = JSON.parse(String(line)) as { note: string; bytes: number }
      }
      const body = inbox.takeBytes(head.bytes)
      if (!body) return notes
      notes.push(`${head.note}=${body}`)
      head = undefined
    }
  }
}
// #endregion

// #region feed
const stream = Buffer.from(
  '{"note":"a","bytes":4}\n{\n}\n' + '{"note":"b","bytes":0}\n' + '{"note":"c","bytes":2}\nok',
)
console.log('lines alone: ', JSON.stringify(String(stream).split('\n')))
console.log('at once:     ', JSON.stringify(noteReader()(stream)))
const read = noteReader()
const notes = [...stream].flatMap((byte) => read(Buffer.from([byte])))
console.log('byte by byte:', JSON.stringify(notes))
// #endregion
