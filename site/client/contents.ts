/** Marks in the contents of the page the section that is being read. */
export function followReading(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>('.contents a')].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  )
  const headings = [...links.keys()].flatMap((id) => document.getElementById(id) ?? [])
  if (headings.length === 0) return
  const begun = new Set<Element>()
  // A section is begun when its heading is in the upper fifth of the window, or anywhere above.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) begun.add(target)
        else begun.delete(target)
      }
      const current = headings.findLast((heading) => begun.has(heading))
      for (const [id, link] of links) {
        if (id === current?.id) link.setAttribute('aria-current', 'true')
        else link.removeAttribute('aria-current')
      }
    },
    { rootMargin: '1000000px 0px -80% 0px' },
  )
  for (const heading of headings) observer.observe(heading)
}
