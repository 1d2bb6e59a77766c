import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'
import { findExercise, root } from '../manifest.ts'

/** Writes the files that a new exercise begins with, and says what is left to do. */
export function scaffold(place: string): number {
  const [, chapter, id] = /^(\d\d-[a-z-]+)\/([a-z][a-z0-9-]*)$/.exec(place) ?? []
  if (!chapter || !id)
    throw new BadCall(
      `“${place}” is no place for an exercise; write NN-topic/id, both in kebab-case`,
    )
  if (findExercise(id))
    throw new BadCall(`there is an exercise ${id} already; ids are unique in the course`)
  const files = filesOf(chapter, id)
  const there = Object.keys(files).filter((file) => fs.existsSync(path.join(root, file)))
  if (there.length > 0)
    throw new BadCall(`these files exist already, nothing was written: ${there.join(', ')}`)
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), text)
    console.log(`wrote     ${file}`)
  }
  console.log(
    `next      add { id: '${id}', title: '…', seeds: ['…'] } to chapter ${chapter} in course.ts,`,
  )
  console.log('          then follow CONTRIBUTING.md from step 3')
  return 0
}

function filesOf(chapter: string, id: string): Record<string, string> {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const call = `export async function ${name}(at: Endpoint): Promise<net.Server>`
  const head = `import type net from 'node:net'\n\ntype Endpoint = { host: string; port: number }\n`
  const stub = `${head}\n/** What it does, the bytes, the errors. */\n${call} {\n  throw new Error('Not written yet: say here what to write')\n}\n`
  const mistake = `// bug: one sentence that names the bug\n// catalogue: -\n// fails: the behaviour that a peer sees\n// lesson: A section of the lesson\n`
  const readme = `# A title\n\nWhy one would want this.\n\n## Task\n\n\`\`\`ts\n${call}\n\`\`\`\n\n## On the wire\n\n## Try it by hand\n\n## Hints\n\n1. A nudge.\n2. More.\n3. Nearly there.\n`
  const hidden = `import { test } from '../../harness/index.ts'\n\ntest('the behaviour that a peer sees', { meta: { points: 1, lesson: 'A section of the lesson' } }, async ({ student, connect }) => {\n  const server = await student.start('${name}', { host: '127.0.0.1', port: 0 })\n  const client = await connect(server.address)\n  await client.write('hello\\n')\n  await client.expect('hello\\n')\n})\n`
  return {
    [`exercises/${chapter}/${id}/main.ts`]: stub,
    [`exercises/${chapter}/${id}/README.md`]: readme,
    [`test/stubs/${chapter}/${id}/main.ts`]: stub,
    [`solutions/${chapter}/${id}/main.ts`]: stub,
    [`test/hidden/${chapter}/${id}.test.ts`]: hidden,
    [`test/mistakes/${chapter}/${id}/name-of-the-bug.ts`]: mistake + head,
  }
}
