/** What hidden tests are written with. README.md beside this file is its manual. */
import dgram from 'node:dgram'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { test as base, inject } from 'vitest'
import { type Death, ProgramDied } from '../../grader/student/death.ts'
import type { Program } from '../../grader/student/pool.ts'
import type { Cuts } from '../../grader/wire/cuts.ts'
import { UnreliableServer } from '../../grader/wire/faults.ts'
import type { Peer } from '../../grader/wire/peer.ts'
import { Random } from '../../grader/wire/random.ts'
import { Recorder, type Recording } from '../../grader/wire/recording.ts'
import { connectPeer, type Endpoint, Listener, type Target } from '../../grader/wire/tcp.ts'
import { UdpPeer } from '../../grader/wire/udp.ts'
import { everyCut } from './every-cut.ts'
import { discard, giveBack, lease } from './lease.ts'
import { Student } from './student.ts'
import { Watch } from './watch.ts'

export * from '../../grader/wire/cuts.ts'
export { type Delivery, faultPlan } from '../../grader/wire/faults.ts'
export { Finding } from '../../grader/wire/finding.ts'
export type { Peer } from '../../grader/wire/peer.ts'
export type { Recorder } from '../../grader/wire/recording.ts'
export { digest, repeated, type Source } from '../../grader/wire/stream.ts'
export type { Endpoint } from '../../grader/wire/tcp.ts'
export { eventually, expectNothingLeft, expectThreads } from './afterwards.ts'
export { rejection, same, sameFields } from './same.ts'
export type { Server } from './server.ts'
export type { Student } from './student.ts'
export { StudentError } from './student-error.ts'
export type { Watch } from './watch.ts'

/** What each hidden test says of itself: `test(title, { meta: { … } }, …)`. */
declare module 'vitest' {
  interface TaskMeta {
    /** how much a pass counts; 1 when left out */
    points?: number
    /** the section of the chapter's lesson that explains what a failure means */
    lesson?: string
    /** filled in by the harness: what went over the wire */
    wire?: Recording
    /** filled in by the harness: the student's process came to grief */
    death?: Death
  }
  interface ProvidedContext {
    /** the program under test and how to run it */
    submission: Program & { seed: string; run: number }
  }
}

type Fixtures = {
  recorder: Recorder
  watch: Watch
  /** what is to be closed at the end of the test, before the program is looked at */
  closing: Set<() => Promise<void> | void>
  /** the student's program */
  student: Student
  /** the same in a process that no other test has used: for what reads stdin or counts from a start */
  freshStudent: Student
  /** connects to the student's server */
  connect: (to: Target) => Promise<Peer>
  /** runs `attempt` with every way to cut so many bytes into writes; see every-cut.ts */
  everyCut: (length: number, attempt: (cuts: Cuts) => Promise<void>) => Promise<void>
  /** a server of ours for the student's client; `host` may be the path of a UNIX socket */
  listen: (host?: string, port?: number) => Promise<Listener>
  /** a UDP socket of ours */
  udp: (host?: string, port?: number) => Promise<UdpPeer>
  /** a UDP server of ours behind an unreliable network; see wire/faults.ts */
  unreliable: (host?: string) => Promise<UnreliableServer>
  /** a port on `host` at which every connection is refused, held for the length of the test */
  closedPort: (host?: string) => Promise<Endpoint>
  /** this test's own seeded source of inputs */
  random: Random
  /** the same for UDP on 127.0.0.1: to a datagram the kernel answers that nobody is there (ICMP) */
  closedUdpPort: () => Promise<Endpoint>
  /** a folder that the student's program may write to */
  scratch: string
}

export const test = base.extend<Fixtures>({
  recorder: async ({ task }, use) => {
    const recorder = new Recorder()
    await use(recorder)
    task.meta.wire = recorder.events
  },
  watch: async ({ recorder }, use) => {
    const watch = new Watch(recorder)
    await use(watch)
    watch.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one needs off the pattern
  closing: async ({}, use) => {
    const closing = new Set<() => Promise<void> | void>()
    await use(closing)
    await closeAll(closing)
  },
  student: async ({ task, recorder, watch, closing }, use) => {
    await run(false, task, { recorder, watch, closing }, use)
  },
  freshStudent: async ({ task, recorder, watch, closing }, use) => {
    await run(true, task, { recorder, watch, closing }, use)
  },
  connect: async ({ recorder, watch, closing }, use) => {
    await use(async (to) => {
      const peer = await connectPeer(to, recorder, watch)
      closing.add(() => peer.destroy())
      return peer
    })
  },
  everyCut: async ({ recorder, random }, use) => {
    await use((length, attempt) => everyCut(length, attempt, { recorder, random }))
  },
  listen: async ({ recorder, watch, closing }, use) => {
    await use(async (host, port) => {
      const listener = await new Listener(recorder, watch).listen(host, port)
      closing.add(async () => {
        listener.close()
        await Promise.all(listener.peers.map((peer) => peer.destroy()))
      })
      return listener
    })
  },
  udp: async ({ recorder, watch, closing }, use) => {
    await use(async (host, port) => {
      const family = host?.includes(':') ? 'udp6' : 'udp4'
      const peer = await new UdpPeer(recorder, watch, family).bind(host, port)
      closing.add(() => peer.close())
      return peer
    })
  },
  unreliable: async ({ udp }, use) => {
    await use(async (host) => new UnreliableServer(await udp(host), await udp(host)))
  },
  closedPort: async ({ closing }, use) => {
    await use(async (host = '127.0.0.1') => {
      const bound = new net.BoundSocket({ host, port: 0 })
      closing.add(() => bound.close())
      return { host, port: (bound.address() as net.AddressInfo).port }
    })
  },
  closedUdpPort: async ({ closing }, use) => {
    await use(async () => {
      const holder = dgram.createSocket('udp4')
      closing.add(() => void holder.close())
      holder.bind(0, '127.0.0.1')
      await once(holder, 'listening')
      const { port } = holder.address()
      // A socket that is connected to itself takes nobody else's datagrams.
      holder.connect(port, '127.0.0.1')
      await once(holder, 'connect')
      return { host: '127.0.0.1', port }
    })
  },
  random: async ({ task }, use) => {
    await use(new Random(inject('submission').seed, task.name))
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  scratch: async ({}, use) => {
    const { scratch } = inject('submission')
    // What another suite left (a FIFO, say) is nothing that a test should come upon.
    for (const name of fs.readdirSync(scratch))
      fs.rmSync(path.join(scratch, name), { recursive: true, force: true })
    await use(scratch)
  },
})

/** Ends the last process of the suite; called once a file, by the runner's setup file. */
export const endSuite = discard

type Around = { recorder: Recorder; watch: Watch; closing: Set<() => Promise<void> | void> }
type Task = { result?: { state: string }; meta: { death?: Death } }

async function run(
  isFresh: boolean,
  task: Task,
  { recorder, watch, closing }: Around,
  use: (student: Student) => Promise<void>,
): Promise<void> {
  const process = await lease(inject('submission'), isFresh, watch)
  const renew = () => lease(inject('submission'), true, watch)
  const student = new Student(process, renew, recorder, watch)
  await use(student)
  const hasFailed = task.result?.state === 'fail'
  // What the program still had to say belongs in the transcript, and a crash on its way is the cause.
  if (hasFailed) await watch.settled()
  recorder.close()
  await closeAll(closing)
  const death = await giveBack(student.process, isFresh || hasFailed)
  if (death) task.meta.death = death
  // A program may come to grief after the last expectation was met: that is a failure too.
  if (death && !hasFailed) throw new ProgramDied(death)
}

async function closeAll(closing: Set<() => Promise<void> | void>): Promise<void> {
  const all = [...closing]
  closing.clear()
  await Promise.all(all.map((close) => close()))
}
