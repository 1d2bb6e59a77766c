/**
 * getsockopt(2) and setsockopt(2), which Node does not expose. Students import this as `#sockopt`;
 * the host reads options with it too. Linux and macOS.
 */
import type dgram from 'node:dgram'
import type net from 'node:net'
import { getSystemErrorMessage, getSystemErrorName } from 'node:util'
import koffi from 'koffi'
import { type Level, numbers } from './sockopt-names.ts'

export type { Level }
export type Option = { readonly name: string; readonly level: Level }

/** This system's options whose value is an int, in no promised order; none where the course knows none. */
export const optionNames: readonly Option[] = Object.entries(numbers?.options ?? {}).flatMap(
  ([level, options]) => Object.keys(options).map((name) => ({ name, level: level as Level })),
)

/** The longest string that an option has, in bytes. */
const MOST_TEXT = 256

const libc = numbers && koffi.load(null)
const get = libc?.func('int getsockopt(int, int, int, _Out_ void *, _Inout_ uint32_t *)')
const set = libc?.func('int setsockopt(int, int, int, const void *, uint32_t)')

/**
 * The file descriptor of a socket: the number by which the kernel knows it in this process. Throws an
 * error with the code EBADF when there is none: the socket is closed, or not yet bound or connected.
 */
export function fdOf(socket: net.Server | net.Socket | dgram.Socket): number {
  const fd = handleOf(socket)?.fd
  if (typeof fd === 'number' && fd >= 0) return fd
  const message = 'the socket has no file descriptor: it is closed, or not yet bound or connected'
  throw Object.assign(new Error(`EBADF: ${message}`), { code: 'EBADF', syscall: 'fdOf' })
}

/** An option's value as the kernel has it now. Throws the system's error: code, negative errno, syscall. */
export function getsockopt(fd: number, level: Level, name: string): number {
  const value = Buffer.alloc(4)
  read(fd, level, name, numberOf('options', level, name), value)
  return value.readInt32LE()
}

/**
 * Sets an option. Throws the system's error, and a RangeError with the code ERR_UNKNOWN_OPTION for a
 * name that this system does not have.
 */
export function setsockopt(fd: number, level: Level, name: string, value: number): void {
  if (!Number.isInteger(value) || value !== (value | 0)) {
    const message = `setsockopt ${name}: the value must be a whole number of 32 bits, not ${value}`
    throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' })
  }
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  write(fd, level, name, numberOf('options', level, name), bytes)
}

/** The same for an option whose value is a string: SO_BINDTODEVICE, TCP_CONGESTION (Linux). */
export function getsockoptText(fd: number, level: Level, name: string): string {
  const value = Buffer.alloc(MOST_TEXT)
  const length = read(fd, level, name, numberOf('text', level, name), value)
  return value.toString('utf8', 0, length).split('\0')[0] ?? ''
}

/** The same for an option whose value is a string; the empty string takes SO_BINDTODEVICE back. */
export function setsockoptText(fd: number, level: Level, name: string, value: string): void {
  write(fd, level, name, numberOf('text', level, name), Buffer.from(`${value}\0`))
}

function read(fd: number, level: Level, name: string, option: number, into: Buffer): number {
  const length = [into.length]
  const result = get?.(fd, numbers?.levels[level], option, into, length)
  if (result !== 0) throw systemError('getsockopt', name)
  return length[0] ?? 0
}

function write(fd: number, level: Level, name: string, option: number, value: Buffer): void {
  const result = set?.(fd, numbers?.levels[level], option, value, value.length)
  if (result !== 0) throw systemError('setsockopt', name)
}

/** Sockets keep their handle where programs are not meant to look: there is no public way to it. */
function handleOf(socket: object): { fd?: number } | null | undefined {
  if ('_handle' in socket) return socket._handle as { fd?: number } | null
  const state = Object.getOwnPropertySymbols(socket).find((s) => s.description === 'state symbol')
  return state && (socket as Record<symbol, { handle?: { fd?: number } | null }>)[state]?.handle
}

function numberOf(kind: 'options' | 'text', level: Level, name: string): number {
  if (!numbers) {
    const message = `#sockopt knows the socket options of Linux and macOS; this is ${process.platform}`
    throw Object.assign(new Error(message), { code: 'ERR_UNSUPPORTED_PLATFORM' })
  }
  const options = numbers[kind][level]
  if (options && Object.hasOwn(options, name)) return options[name] as number
  const message = `${process.platform} has no ${kind === 'text' ? 'string' : 'integer'} option ${name} at level ${level}`
  throw Object.assign(new RangeError(message), { code: 'ERR_UNKNOWN_OPTION' })
}

function systemError(syscall: string, name: string): Error {
  const errno = -koffi.errno()
  const code = getSystemErrorName(errno)
  const message = `${syscall} ${name}: ${code}, ${getSystemErrorMessage(errno)}`
  return Object.assign(new Error(message), { code, errno, syscall })
}
