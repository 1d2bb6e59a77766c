import type { Find } from './search.ts'

/** The search: opened by its button or by `/`, moved through by the arrow keys. */
export function searchDialog(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.search')
  const input = dialog?.querySelector('input')
  const status = dialog?.querySelector('.found')
  const list = dialog?.querySelector('.results')
  if (!dialog || !input || !status || !list) return
  const base = document.body.dataset.base ?? '/'
  let find: Promise<Find> | undefined

  const open = () => {
    dialog.showModal()
    input.select()
    // The index is large: only who searches loads it.
    find ??= import(`${base}assets/search.js`).then(({ load }) => load(base))
  }
  const show = async () => {
    const query = input.value.trim()
    const found = await find?.catch(() => undefined)
    if (query !== input.value.trim()) return
    if (!found) status.textContent = 'The search index could not be loaded.'
    else if (query === '') {
      status.textContent = ''
      list.replaceChildren()
    } else {
      const results = found(query)
      list.replaceChildren(...results.items)
      status.textContent = results.summary
    }
  }
  const links = () => [...list.querySelectorAll('a')]

  document.querySelector('button.find')?.addEventListener('click', open)
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as HTMLElement).closest('input, textarea, select, dialog[open]')) return
    event.preventDefault()
    open()
  })
  input.addEventListener('input', show)
  dialog.querySelector('form')?.addEventListener('submit', (event) => {
    // Enter in the field goes to the first result.
    event.preventDefault()
    links()[0]?.click()
  })
  dialog.addEventListener('keydown', (event) => {
    // In a search field Escape would clear the text first, and close at the second stroke.
    if (event.key === 'Escape') {
      event.preventDefault()
      dialog.close()
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const stops: HTMLElement[] = [input, ...links()]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus()
  })
  dialog.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    if (target === dialog || target.closest('a, button')) dialog.close()
  })
}
