import net from 'node:net'

type Endpoint = { host: string; port: number }
type Downloaded = { size: number; md5: string }

/**
 * Starts a server that gives out the files in `root`. For each `get NAME` it sends the size in bytes
 * (decimal), waits for any acknowledgement, and sends exactly that many bytes and their MD5 (32 hex
 * digits); or `ERR REASON`, when NAME is missing, no regular file or outside `root`. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startDownloadServer(at: Endpoint, root: string): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server that answers `get NAME` with the size of the file, its bytes and their MD5',
  )
}

/**
 * Downloads the file `name` and saves it as `saveAs`; resolves with its size in bytes and its MD5. The
 * file appears whole and proven, or not at all: on any failure the promise rejects, nothing new is left,
 * and a file that was there before is as it was. Connection failures keep the system's `code`.
 */
export async function download(to: Endpoint, name: string, saveAs: string): Promise<Downloaded> {
  throw new Error(
    'Not written yet: ask for the file, take exactly its bytes, check size and MD5, and only then put it in its place',
  )
}

if (import.meta.main) {
  const [first = '4000', second = '.', name, saveAs = name] = process.argv.slice(2)
  if (name && saveAs) {
    console.log(await download({ host: first, port: Number(second) }, name, saveAs))
  } else {
    await startDownloadServer({ host: '127.0.0.1', port: Number(first) }, second)
    console.log(`listening on 127.0.0.1:${first}`)
  }
}
