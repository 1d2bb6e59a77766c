/** Gives each program and each session a button that copies it; of a session only what one types. */
export function copyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>('pre.code:not(.printed)')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.addEventListener('click', async () => {
      button.textContent = await navigator.clipboard.writeText(textOf(block)).then(
        () => 'Copied',
        () => 'Not allowed',
      )
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 2_000)
    })
    const box = document.createElement('div')
    box.className = 'copyable'
    block.replaceWith(box)
    box.append(block, button)
  }
}

function textOf(block: HTMLElement): string {
  const typed = [...block.querySelectorAll('.typed')].map(({ textContent }) => textContent)
  if (typed.length > 0) return typed.map((line) => line.replace(/^\$ /, '')).join('\n')
  return block.textContent
}
