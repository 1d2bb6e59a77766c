import { KEPT_BYTES, type Name } from '../recording.ts'
import type { Content } from './log.ts'

/** A method of some socket. */
export type Method = (...args: never[]) => unknown

const originals = new WeakMap<Method, Method>()

/** Has a function called with the arguments of each call of a method, before it, and nothing else changed. */
export function before<T extends object, K extends keyof T>(
  object: T,
  name: K,
  look: (...args: never[]) => void,
): void {
  // A socket that connects once more is watched anew, not twice.
  const method = originals.get(object[name] as Method) ?? (object[name] as Method)
  const value = function watched(this: T, ...args: never[]) {
    look(...args)
    return method.apply(this, args)
  }
  // Not enumerable: a program that prints its socket prints the same.
  originals.set(value, method)
  Object.defineProperty(object, name, { value, writable: true, configurable: true })
}

/** What a call of `write` or `end` sends, if it sends anything. */
export function bytesOf(chunk: unknown, encoding: unknown): Uint8Array | undefined {
  if (typeof chunk === 'string') {
    const isEncoding = typeof encoding === 'string' && Buffer.isEncoding(encoding)
    return Buffer.from(chunk, isEncoding ? encoding : 'utf8')
  }
  return chunk instanceof Uint8Array ? chunk : undefined
}

/** A copy: the program may use its buffer again. */
export function kept(bytes: Uint8Array): Content {
  return { bytes: new Uint8Array(bytes.subarray(0, KEPT_BYTES)), length: bytes.length }
}

/** A name as recordings have it: IPv4 as IPv4, and `localhost` as what it stands for. */
export function nameOf(address: unknown, port: unknown): Name {
  const plain = String(address ?? '').replace(/^::ffff:/, '')
  return { address: plain === 'localhost' ? '127.0.0.1' : plain, port: Number(port ?? 0) }
}
