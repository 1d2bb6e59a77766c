/**
 * `npm run flakes -- N [ID…]`: every solution N times, half of them with both cores loaded. A right
 * program that fails once is a bug in its hidden tests: each failure is printed whole.
 */
import os from 'node:os'
import { Worker } from 'node:worker_threads'
import { exercises } from '../grader/manifest.ts'
import { Crew } from '../grader/verdict/crew.ts'
import { feedbackOn, feedbackText } from '../grader/verdict/feedback.ts'

const [count = '', ...ids] = process.argv.slice(2)
const runs = Number(count)
const chosen = exercises.filter(({ id }) => ids.length === 0 || ids.includes(id))
if (!Number.isInteger(runs) || runs < 1 || chosen.length === 0) {
  console.error('usage: npm run flakes -- N [ID…], for example: npm run flakes -- 200 first-client')
  process.exit(2)
}

// Twice as many as cores: some exercises wait more than they compute.
const crew = new Crew('node', 4)
let failures = 0
for (const isLoaded of [false, true]) {
  const load = isLoaded ? os.availableParallelism() : 0
  const burners = Array.from({ length: load }, () => new Worker('for (;;) ;', { eval: true }))
  for (const exercise of chosen) {
    const began = performance.now()
    const share = isLoaded ? Math.floor(runs / 2) : Math.ceil(runs / 2)
    const verdicts = await Promise.all(
      Array.from({ length: share }, () => crew.run(exercise, { file: exercise.solution })),
    )
    const failed = verdicts.filter(({ status }) => status !== 'pass')
    failures += failed.length
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const how = isLoaded ? 'cores loaded' : 'plain'
    console.log(
      `${exercise.id.padEnd(20)} ${how.padEnd(12)} ${share - failed.length}/${share} passed  ${seconds} s`,
    )
    for (const verdict of failed) {
      console.log(verdict.message ?? '')
      for (const feedback of feedbackOn(exercise, verdict)) console.log(feedbackText(feedback))
      console.log(`again     COURSE_SEED=${verdict.seed} npm run check -- ${exercise.id}`)
    }
  }
  await Promise.all(burners.map((burner) => burner.terminate()))
}
await crew.close()
console.log(failures === 0 ? 'no failure' : `${failures} failures`)
process.exitCode = failures === 0 ? 0 : 1
