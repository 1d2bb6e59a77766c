import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { childrenOf } from './quiet.ts'

/*
 * Isolation `os` by bubblewrap (bwrap(1)), in two nested sandboxes. The worker that grades gets a network
 * of its own, so that fixed ports never clash and nothing leaves the machine. Within it, each student's
 * process gets processes, mounts and IPC of its own, and sees nothing but what is listed here.
 */

/** What a student's process may use: sizes in bytes. Right programs need a small part of each. */
const LIMITS = {
  /** written private memory of one process (RLIMIT_DATA, getrlimit(2)) */
  data: 4 * 2 ** 30,
  /** processes and threads of one user (RLIMIT_NPROC) */
  nproc: 1024,
  /** open descriptors */
  nofile: 4096,
  /** one file */
  fsize: 2 ** 30,
  /** no core dumps */
  core: 0,
}
/** What may lie in /tmp, in /dev/shm, and in all folders that a worker's programs share with its tests. */
const ROOM = { tmp: 64 * 2 ** 20, workspace: 2 * 2 ** 30 }

/** Of the system: programs and what they are linked with. Nothing that an administrator put there. */
const SYSTEM = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libexec', 'share']
const ETC = ['alternatives', 'ld.so.cache', 'localtime', 'nsswitch.conf', 'services', 'protocols']
/** `localhost`, and no name of the machine's own network. */
const HOSTS = path.join(import.meta.dirname, 'etc/hosts')

const isRoot = process.getuid?.() === 0

/** What a sandbox shows of the file system, at the same path as outside; all else is not there. */
export type View = { readable: string[]; writable: string[]; folder: string }

/** Arguments of bwrap(1), and the command in it up to where the program's own begins. */
export function studentSandbox({ readable, writable, folder }: View): string[] {
  const shown = [...readable, ...writable].filter((place) => fs.existsSync(place))
  const folders = new Set(shown.flatMap(parents))
  return [
    '--die-with-parent',
    ...['pid', 'ipc', 'uts', 'cgroup-try'].flatMap((name) => `--unshare-${name}`),
    ...(isRoot ? ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'] : ['--unshare-user']),
    ...['/usr', '/etc'].flatMap(folderAt),
    ...SYSTEM.flatMap((name) => ['--ro-bind-try', `/usr/${name}`, `/usr/${name}`]),
    ...SYSTEM.flatMap(linkOrBind),
    ...ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...['--ro-bind', HOSTS, '/etc/hosts', '--proc', '/proc', '--dev', '/dev'],
    ...['/tmp', '/dev/shm'].flatMap((place) => room(place, ROOM.tmp, '1777')),
    ...[...folders].flatMap(folderAt),
    ...shown.flatMap((place) => [writable.includes(place) ? '--bind' : '--ro-bind', place, place]),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', folder, '--'],
    ...(isRoot ? asNobody() : []),
    'prlimit',
    ...Object.entries(LIMITS).map(([name, most]) => `--${name}=${most}`),
  ]
}

/**
 * Arguments of bwrap(1) for a worker: the whole machine as it is, but no network except a loopback
 * of its own. What it makes in `workspace` is in memory, cannot fill the disk and goes with it.
 */
export function workerSandbox(workspace: string): string[] {
  return [
    ...['--die-with-parent', '--unshare-net', '--dev-bind', '/', '/'],
    ...(isRoot ? ['--cap-add', 'ALL'] : []),
    ...room(workspace, ROOM.workspace, '0755'),
    '--',
  ]
}

/** Why isolation `os` cannot hold here, in one sentence; undefined when it can. */
export function whyNoSandbox(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux'
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
  const view = { readable: [], writable: [workspace], folder: workspace }
  const nested = [...workerSandbox(workspace), 'bwrap', ...studentSandbox(view), 'true']
  const { error, status, stderr } = spawnSync('bwrap', nested, { encoding: 'utf8' })
  fs.rmSync(workspace, { recursive: true, force: true })
  if (status === 0) return undefined
  const isAbsent = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  if (isAbsent) return 'bubblewrap is not installed (on Debian: apt install bubblewrap)'
  return `bubblewrap does not work here: ${(stderr?.trim() || error?.message) ?? `status ${status}`}`
}

/**
 * The process id of the program that a bwrap process runs: its child is the first process of the new
 * namespace, which reaps orphans, and that one's first child is the program. Undefined while there is none.
 */
export function programIn(bwrap: number): number | undefined {
  const first = childrenOf(bwrap)[0]
  return first === undefined ? undefined : childrenOf(first)[0]
}

/**
 * Root hands its rights down to nobody. Each worker's programs are a user of their own, so that what one
 * of them uses up (RLIMIT_NPROC counts by user) is no other's loss.
 */
function asNobody(): string[] {
  const id = 0x4000_0000 + process.pid
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--bounding-set=-all']
}

function room(place: string, bytes: number, mode: string): string[] {
  return ['--perms', mode, '--size', String(bytes), '--tmpfs', place]
}

/** `/bin` is a link to `usr/bin` on most systems, a folder of its own on some. */
function linkOrBind(name: string): string[] {
  const place = `/${name}`
  const stat = fs.lstatSync(place, { throwIfNoEntry: false })
  if (!stat) return []
  return stat.isSymbolicLink()
    ? ['--symlink', fs.readlinkSync(place), place]
    : ['--ro-bind', place, place]
}

/** bwrap itself makes the folders above a place so that only root may enter. */
function folderAt(place: string): string[] {
  return ['--perms', '0755', '--dir', place]
}

/** The folders above a place, from the top. */
function parents(place: string): string[] {
  const above = path.dirname(place)
  return above === '/' ? [] : [...parents(above), above]
}
