// What bundle.ts makes of regions of the lesson's examples (regions.ts).

declare module 'lesson:06-sticky-packets/cuts#readers' {
  type Reader = () => (chunk: string) => string[]
  export const forgetful: Reader
  export const shortsighted: Reader
  export const hasty: Reader
  export const patient: Reader
}

declare module 'lesson:06-sticky-packets/frames#frames' {
  export const frameReader: () => (chunk: Buffer) => string[]
}

declare module 'lesson:06-sticky-packets/unasked#unasked' {
  type Reader = () => (chunk: Buffer) => string[]
  export const headlong: Reader
  export const trusting: Reader
}

declare module 'lesson:06-sticky-packets/through-strings#decoders' {
  type Decoder = () => (bytes: Buffer) => string
  export const alone: Decoder
  export const streaming: Decoder
}
