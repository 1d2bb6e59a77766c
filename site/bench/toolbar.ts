type Action = [label: string, act: () => void]

/** The buttons above a stream: how it is cut, and how far it is read. */
export class Toolbar {
  readonly element = document.createElement('div')
  readonly #buttons = new Map<string, HTMLButtonElement>()

  constructor() {
    this.element.className = 'bench-tools'
  }

  /** Adds a group of buttons, each under a key. */
  add(label: string, actions: Record<string, Action>): void {
    const group = document.createElement('div')
    group.role = 'group'
    group.ariaLabel = label
    for (const [key, action] of Object.entries(actions)) {
      const made = button(...action)
      this.#buttons.set(key, made)
      group.append(made)
    }
    this.element.append(group)
  }

  /** Adds to the last group a button that draws a seed, and a field that shows it and takes another. */
  addShuffle(use: (seed: string) => void): void {
    const input = document.createElement('input')
    input.inputMode = 'numeric'
    const label = document.createElement('label')
    label.append('seed ', input)
    const shuffle = button('Shuffle', () => {
      input.value = String(Math.floor(Math.random() * 10_000))
      use(input.value)
    })
    // Not `change`: it says nothing when the same seed is asked for again.
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') use(input.value)
    })
    const both = document.createElement('span')
    both.append(shuffle, label)
    this.element.lastElementChild?.append(both)
  }

  /** A button that cannot do anything now keeps the focus all the same. */
  enable(key: string, isEnabled: boolean): void {
    const found = this.#buttons.get(key)
    if (found) found.ariaDisabled = String(!isEnabled)
  }

  rename(key: string, label: string): void {
    const found = this.#buttons.get(key)
    if (found) found.textContent = label
  }
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = label
  made.addEventListener('click', act)
  return made
}
