import type { Cuts } from '../../grader/wire/cuts.ts'
import { nearestPlace } from './nearest-place.ts'

/**
 * The stream with its cuts, each a slider between two bytes: dragged, moved with the arrow keys, removed
 * with Delete or a click, added with Enter or a click between two bytes. None can pass another, so that
 * the order of the sliders is that of the chunks.
 */
export class CutLine {
  cuts: number[] = []
  readonly #stream: HTMLElement
  readonly #bytes: HTMLElement[]
  readonly #handles: HTMLElement[] = []
  readonly #changed: () => void

  constructor(stream: HTMLElement, cuts: Cuts, changed: () => void) {
    this.#stream = stream
    this.#bytes = [...stream.querySelectorAll<HTMLElement>('.bench-byte')]
    this.#changed = changed
    for (const still of stream.querySelectorAll('.bench-cut')) still.remove()
    // Bytes and sliders are laid out by these numbers, so that a slider that moves keeps its focus.
    this.#bytes.forEach((byte, i) => {
      byte.style.order = String(2 * i + 1)
    })
    stream.tabIndex = -1
    stream.addEventListener('click', ({ clientX, clientY }) => {
      this.#insert(this.#nearest(clientX, clientY))
    })
    this.set(cuts)
  }

  set(cuts: Cuts): void {
    this.cuts = [...cuts]
    while (this.#handles.length < cuts.length) this.#handles.push(this.#newHandle())
    for (const surplus of this.#handles.splice(cuts.length)) surplus.remove()
    this.#handles.forEach((handle, i) => {
      this.#place(handle, i)
    })
    this.#bytes.forEach((byte, i) => {
      byte.dataset.chunk = String(this.#chunkOf(i) % 2)
    })
  }

  /** Dims the bytes of chunks that no decoder has had yet. */
  markRead(fed: number): void {
    this.#bytes.forEach((byte, i) => {
      byte.toggleAttribute('data-unread', this.#chunkOf(i) >= fed)
    })
  }

  /** A new cut in the middle of a chunk: of the longest one, unless another is named. */
  add(chunk?: number): void {
    const ends = [0, ...this.cuts, this.#bytes.length]
    const lengths = ends.slice(1).map((end, i) => end - (ends[i] ?? 0))
    const longest = lengths.indexOf(Math.max(...lengths))
    const i = chunk !== undefined && (lengths[chunk] ?? 0) > 1 ? chunk : longest
    const length = lengths[i] ?? 0
    if (length > 1) this.#insert((ends[i] ?? 0) + Math.floor(length / 2))
  }

  #insert(place: number): void {
    if (!this.cuts.includes(place)) {
      this.set([...this.cuts, place].sort((a, b) => a - b))
      this.#changed()
    }
    this.#handles[this.cuts.indexOf(place)]?.focus()
  }

  #remove(i: number): void {
    this.set(this.cuts.toSpliced(i, 1))
    this.#changed()
    const next = this.#handles[i] ?? this.#handles[i - 1] ?? this.#stream
    next.focus()
  }

  #move(i: number, wanted: number): void {
    const place = Math.min(Math.max(wanted, this.#least(i)), this.#most(i))
    if (place === this.cuts[i]) return
    this.set(this.cuts.with(i, place))
    this.#changed()
  }

  #least = (i: number) => (this.cuts[i - 1] ?? 0) + 1
  #most = (i: number) => (this.cuts[i + 1] ?? this.#bytes.length) - 1
  #chunkOf = (byte: number) => this.cuts.filter((place) => place <= byte).length

  #newHandle(): HTMLElement {
    const handle = document.createElement('span')
    handle.className = 'bench-cut'
    handle.tabIndex = 0
    handle.role = 'slider'
    handle.append(document.createElement('i'))
    let isDragged = false
    handle.addEventListener('pointerdown', (event) => {
      isDragged = false
      handle.setPointerCapture(event.pointerId)
    })
    handle.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
      if (!handle.hasPointerCapture(pointerId)) return
      const place = this.#nearest(clientX, clientY)
      const i = this.#handles.indexOf(handle)
      if (place !== this.cuts[i]) isDragged = true
      this.#move(i, place)
    })
    handle.addEventListener('click', (event) => {
      event.stopPropagation()
      if (!isDragged) this.#remove(this.#handles.indexOf(handle))
    })
    handle.addEventListener('keydown', (event) => this.#key(event, this.#handles.indexOf(handle)))
    this.#stream.append(handle)
    return handle
  }

  #key(event: KeyboardEvent, i: number): void {
    const at = this.cuts[i] ?? 0
    const actions: Record<string, () => void> = {
      ArrowLeft: () => this.#move(i, at - 1),
      ArrowDown: () => this.#move(i, at - 1),
      ArrowRight: () => this.#move(i, at + 1),
      ArrowUp: () => this.#move(i, at + 1),
      Home: () => this.#move(i, 0),
      End: () => this.#move(i, this.#bytes.length),
      Delete: () => this.#remove(i),
      Backspace: () => this.#remove(i),
      Enter: () => this.add(i + 1),
    }
    const action = actions[event.key]
    if (!action || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    action()
  }

  #place(handle: HTMLElement, i: number): void {
    const at = this.cuts[i] ?? 0
    const byte = (n: number) => this.#bytes[n]?.textContent?.trim() ?? ''
    handle.style.order = String(2 * at)
    handle.ariaLabel = `Cut ${i + 1}`
    handle.ariaValueMin = String(this.#least(i))
    handle.ariaValueMax = String(this.#most(i))
    handle.ariaValueNow = String(at)
    handle.ariaValueText = `after byte ${at} of ${this.#bytes.length}, between ${byte(at - 1)} and ${byte(at)}`
  }

  #nearest(x: number, y: number): number {
    const boxes = this.#bytes.map((byte) => byte.getBoundingClientRect())
    return nearestPlace(boxes, { x, y })
  }
}
