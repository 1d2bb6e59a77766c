/** The theme that the reader chose, kept from page to page; '' follows the system. */
export function themeSwitch(): void {
  const select = document.querySelector<HTMLSelectElement>('select.theme')
  if (!select) return
  const { dataset } = document.documentElement
  select.value = dataset.theme ?? ''
  select.addEventListener('change', () => {
    if (select.value) dataset.theme = select.value
    else delete dataset.theme
    try {
      if (select.value) localStorage.setItem('theme', select.value)
      else localStorage.removeItem('theme')
    } catch {
      // Storage may be forbidden; the choice then holds for this page.
    }
  })
}
