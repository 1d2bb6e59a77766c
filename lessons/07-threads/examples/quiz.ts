// #region players
type Player = { typed(answer: string): void; asked(): void }
type Make = (say: (answer: string) => void) => Player

/** When a question comes, waits for the next answer that is typed. */
const listensWhenAsked: Make = (say) => {
  let isAsked = false
  return {
    asked() {
      isAsked = true
    },
    typed(answer) {
      if (isAsked) say(answer)
      isAsked = false
    },
  }
}

/** Keeps the answers that are typed. When a question comes, says the first of them. */
const looksWhenAsked: Make = (say) => {
  const answers: string[] = []
  return {
    asked() {
      const answer = answers.shift()
      if (answer !== undefined) say(answer)
    },
    typed(answer) {
      answers.push(answer)
    },
  }
}

/** Keeps both, and looks at both after each event. */
const looksAtBoth: Make = (say) => {
  const answers: string[] = []
  let questions = 0
  const look = () => {
    const answer = questions > 0 ? answers.shift() : undefined
    if (answer === undefined) return
    questions -= 1
    say(answer)
  }
  return {
    asked() {
      questions += 1
      look()
    },
    typed(answer) {
      answers.push(answer)
      look()
    },
  }
}
// #endregion

// #region orders
// Two questions come (q) and two answers are typed (a), in every order.
const orders = ['qaqa', 'qqaa', 'qaaq', 'aqqa', 'aqaq', 'aaqq']
for (const make of [listensWhenAsked, looksWhenAsked, looksAtBoth]) {
  const right = orders.filter((order) => {
    const said: string[] = []
    const player = make((answer) => said.push(answer))
    const typed = ['Paris', 'Rome']
    for (const event of order) {
      if (event === 'q') player.asked()
      else player.typed(typed.shift() ?? '')
    }
    return said.join() === 'Paris,Rome'
  })
  console.log(`${make.name}: ${right.length} of 6 orders right: ${right.join(' ')}`)
}
// #endregion
