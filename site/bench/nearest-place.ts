type Box = { left: number; right: number; top: number; bottom: number }

/** Being in another row weighs more than being far off in the same one. */
const ROW_WEIGHT = 4

/**
 * The place between two bytes, by the number of bytes before it, that is nearest to a point. Where a row
 * ends, the end of it and the beginning of the next are the same place.
 */
export function nearestPlace(boxes: readonly Box[], { x, y }: { x: number; y: number }): number {
  let nearest = 1
  let least = Number.POSITIVE_INFINITY
  const consider = (place: number, edge: number, { top, bottom }: Box) => {
    const distance = Math.abs(x - edge) + ROW_WEIGHT * Math.max(0, top - y, y - bottom)
    if (distance >= least) return
    least = distance
    nearest = place
  }
  boxes.forEach((box, i) => {
    if (i > 0) consider(i, box.left, box)
    if (i < boxes.length - 1) consider(i + 1, box.right, box)
  })
  return nearest
}
