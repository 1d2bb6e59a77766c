// #region readers
type Reader = (chunk: string) => string[]
const END = '\r\n'

/** Searches each chunk by itself. */
function forgetful(): Reader {
  return (chunk) => chunk.split(END).slice(0, -1)
}

/** Keeps the rest, but looks for an end in the new chunk only. */
function shortsighted(): Reader {
  let rest = ''
  return (chunk) => {
    rest += chunk
    if (!chunk.includes(END)) return []
    const parts = rest.split(END)
    rest = parts.pop() ?? ''
    return parts
  }
}

/** Keeps the rest and looks at all of it, but takes off one message a chunk. */
function hasty(): Reader {
  let rest = ''
  return (chunk) => {
    rest += chunk
    const end = rest.indexOf(END)
    if (end === -1) return []
    const message = rest.slice(0, end)
    rest = rest.slice(end + END.length)
    return [message]
  }
}

/** Keeps the rest, looks at all of it, and takes off all that is whole. */
function patient(): Reader {
  let rest = ''
  return (chunk) => {
    const parts = (rest + chunk).split(END)
    rest = parts.pop() ?? ''
    return parts
  }
}
// #endregion

// #region cut
const stream = 'one\r\n\r\ntwo\r\n'
for (const make of [forgetful, shortsighted, hasty, patient]) {
  let wrong = 0
  for (let cut = 1; cut < stream.length; cut += 1) {
    const read = make()
    const messages = [...read(stream.slice(0, cut)), ...read(stream.slice(cut))]
    if (messages.join('|') !== 'one||two') wrong += 1
  }
  const read = make()
  const { length } = [...stream].flatMap((character) => read(character))
  console.log(`${make.name}: ${wrong} of 11 cuts wrong; byte by byte ${length} of 3 messages`)
}
// #endregion
