// Runs before the page is drawn, so that nobody sees a flash of the other theme.
const { documentElement: html } = document
html.classList.add('js')
try {
  const theme = localStorage.getItem('theme')
  if (theme) html.dataset.theme = theme
} catch {
  // Storage may be forbidden; then the system's theme holds.
}
