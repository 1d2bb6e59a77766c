/**
 * A box that scrolls is a stop for the keyboard; one whose content fits should not be. Without this
 * script all of them are.
 */
export function scrollBoxes(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target as HTMLElement
      // Read for all boxes together, before the browser draws: no layout is forced.
      const overflows = box.scrollWidth > box.clientWidth
      if (overflows) box.tabIndex = 0
      else box.removeAttribute('tabindex')
    }
  })
  for (const box of document.querySelectorAll('pre.code, .scroll')) observer.observe(box)
}
