/** What the tests of all stages start from: a data folder, the student's server on it, users of it. */
import fs from 'node:fs'
import path from 'node:path'
import {
  test as base,
  Finding,
  type Peer,
  type Server,
  type Student,
  StudentError,
} from '../../../harness/index.ts'
import { OurServer } from './our-server.ts'
import { type Account, Client, type Random } from './protocol.ts'

export const MIB = 1024 * 1024
/** A quota that no test comes near. */
const PLENTY = 100 * MIB

export type Done = { size: number; sha256: string; resumedFrom: number }
/** How user and password reach the student's client. */
export type Session = { host: string; port: number; user: string; password: string }
type Endpoint = { host: string; port: number }
type Listener = { address: Endpoint; accept(): Promise<Peer> }

export const ann: Account = { name: 'ann', password: 'correct horse, battery', quotaBytes: PLENTY }
export const bob: Account = { name: 'bob', password: 'пароль=你好', quotaBytes: PLENTY }

type Parts = {
  student: Student
  connect: (to: Endpoint) => Promise<Peer>
  listen: () => Promise<Listener>
  random: Random
  scratch: string
}

/** The folders of one test and the servers and users in it. */
export class Site {
  readonly student: Student
  readonly random: Random
  /** the test's own folder; the server is told of the one below it only */
  readonly folder: string
  readonly dataDir: string
  readonly #connect: Parts['connect']
  readonly #listen: Parts['listen']
  #server: Server | undefined

  constructor({ student, connect, listen, random, scratch }: Parts) {
    this.student = student
    this.random = random
    this.#connect = connect
    this.#listen = listen
    this.folder = path.join(scratch, `site-${random.word(8)}`)
    this.dataDir = path.join(this.folder, 'data')
    fs.rmSync(this.folder, { recursive: true, force: true })
    fs.mkdirSync(this.dataDir, { recursive: true })
  }

  /** Starts the student's server, again after a restart of the program. */
  async start(accounts: Account[], dataDir = this.dataDir): Promise<Server> {
    const options = { host: '127.0.0.1', port: 0, dataDir, accounts }
    this.#server = await this.student.start('startFileServer', options)
    return this.#server
  }

  get address(): Endpoint {
    if (!this.#server) throw new Error('no server was started')
    return this.#server.address
  }

  /** A connection to the student's server, greeted. */
  async visit(): Promise<Client> {
    return new Client(await this.#connect(this.address), this.random).greeted()
  }

  /** One that is logged in. */
  async login(account: Account): Promise<Client> {
    return (await this.visit()).login(account)
  }

  /** Where a user's files lie on the disk. */
  home(account: Account, ...below: string[]): string {
    return path.join(this.dataDir, 'home', account.name, ...below)
  }

  /** Puts a file into a user's home behind the server's back. */
  place(account: Account, name: string, bytes: Uint8Array | string): string {
    return write(this.home(account, name), bytes)
  }

  /** A file on the client's side. */
  local(name: string, bytes?: Uint8Array | string): string {
    const file = path.join(this.folder, 'local', name)
    if (bytes === undefined) fs.mkdirSync(path.dirname(file), { recursive: true })
    else write(file, bytes)
    return file
  }

  /** A server of ours for the student's client. */
  async ours(account: Account): Promise<OurServer> {
    return new OurServer(await this.#listen(), account, this.random)
  }

  session(account: Account, to: Endpoint = this.address): Session {
    return { ...to, user: account.name, password: account.password }
  }

  /** The student's own client. */
  upload(session: Session, local: string, remote: string): Promise<Done> {
    return this.student.call<Done>('upload', { ...session, local, remote })
  }

  download(session: Session, remote: string, local: string): Promise<Done> {
    return this.student.call<Done>('download', { ...session, remote, local })
  }
}

function write(file: string, bytes: Uint8Array | string): string {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, bytes)
  return file
}

/** The value of a call; one that rejects is told with what was due. */
export async function resolved<T>(call: Promise<T>, due: string): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof StudentError)) throw error
    const message = `the promise rejected (${error.message}) where ${due}`
    throw new Finding({ kind: 'rejected', message })
  }
}

/** The bytes of a file; undefined where there is none. */
export function read(file: string): Buffer | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined
}

/** All the files below a folder, by their paths from there. */
export function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** The harness's test with a site; `freshSite` is in a process that no other test has used. */
export const test = base.extend<{ site: Site; freshSite: Site }>({
  site: async ({ student, connect, listen, random, scratch }, use) => {
    await use(new Site({ student, connect, listen, random, scratch }))
  },
  freshSite: async ({ freshStudent, connect, listen, random, scratch }, use) => {
    await use(new Site({ student: freshStudent, connect, listen, random, scratch }))
  },
})
