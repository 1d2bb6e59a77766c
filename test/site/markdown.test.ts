/** The one pipeline, extension by extension. */
import { describe, expect, test } from 'vitest'
import { course } from '../../course.ts'
import { exercises } from '../../grader/manifest.ts'
import { about } from '../../site/content/course-map.ts'
import { excerpt } from '../../site/content/excerpt.ts'
import { hiddenTests } from '../../site/content/hidden-tests.ts'
import { highlightLines } from '../../site/content/highlight.ts'
import { renderArticle } from '../../site/content/markdown.ts'
import { slug } from '../../site/content/slug.ts'
import { queryWords, words } from '../../site/content/tokenize.ts'

const source = { file: 'lessons/06-sticky-packets/README.md', base: '/course/' }
const render = (...lines: string[]) => renderArticle(lines.join('\n'), source)
const html = (...lines: string[]) => render(...lines).html

describe('headings', () => {
  test('have the anchors that GitHub gives them', () => {
    const headings = [
      'What `write()` really does',
      'TCP_NODELAY and Nagle',
      '粘包, sticky?',
      "Who's there",
    ]
    expect(headings.map((text) => slug(text.replaceAll('`', '')))).toEqual([
      'what-write-really-does',
      'tcp_nodelay-and-nagle',
      '粘包-sticky',
      'whos-there',
    ])
  })

  test('are numbered when they come twice, and the title is not among them', () => {
    const { title, headings } = render('# One `thing`', '## Again', '## Again', '### Deep')
    expect(title).toBe('One thing')
    expect(headings).toEqual([
      { level: 2, text: 'Again', id: 'again' },
      { level: 2, text: 'Again', id: 'again-1' },
      { level: 3, text: 'Deep', id: 'deep' },
    ])
  })
})

describe('text', () => {
  test('marks Chinese as Chinese, and knows emphasis beside it', () => {
    expect(html('**粘包（sticky）**问题')).toBe(
      '<p><strong><span lang="zh">粘包</span>（sticky）</strong><span lang="zh">问题</span></p>\n',
    )
  })

  test('escapes what is not markup', () => {
    expect(html('a & `<b>`')).toBe('<p>a &amp; <code>&lt;b&gt;</code></p>\n')
  })

  test('puts a wide table into a box that scrolls and can be reached', () => {
    expect(html('| a |', '| - |', '| b |')).toMatch(
      /^<div class="scroll" tabindex="0" role="group"/,
    )
  })
})

describe('links', () => {
  test.each([
    [
      '../04-udp/README.md#datagrams-not-a-stream',
      '/course/lessons/04-udp/#datagrams-not-a-stream',
    ],
    ['../../exercises/06-sticky-packets/send-all/README.md', '/course/exercises/send-all/'],
    ['../glossary.md#accept', '/course/glossary/#accept'],
    ['examples/cuts.ts', '/course/lessons/06-sticky-packets/examples/cuts/'],
    ['#frames', '#frames'],
    ['https://nodejs.org/', 'https://nodejs.org/'],
  ])('%s leads to %s', (from, to) => {
    expect(html(`[x](${from})`)).toBe(`<p><a href="${to}">x</a></p>\n`)
  })

  test('a link to a file without a page is an error that names both files', () => {
    expect(() => html('[x](../../package.json)')).toThrow(
      'lessons/06-sticky-packets/README.md: a link leads to package.json',
    )
  })
})

describe('code', () => {
  test('a listing and its output are one figure, whose caption leads to the file', () => {
    const listing = ['```ts', '// examples/glued.ts#glued', 'const a = 1', '```']
    const figure = html(...listing, '', '```text', 'a < b', '```', '', 'After.')
    expect(figure).toContain('<figure class="listing" data-example="06-sticky-packets/glued">')
    expect(figure).toContain(
      '<a href="/course/lessons/06-sticky-packets/examples/glued/">examples/glued.ts</a>',
    )
    expect(figure).toContain('a &lt; b</code></pre>\n</div></figure>\n<p>After.</p>')
    expect(figure).not.toContain('#glued')
  })

  test('a program that is quoted from nowhere has no caption', () => {
    expect(html('```ts', 'let a', '```')).toBe(
      '<pre class="code" tabindex="0"><code><span class="k">let</span> a</code></pre>\n',
    )
  })

  test('in a session what one types is marked', () => {
    expect(html('```', '$ nc -l 1 < f', 'hello', '```')).toContain(
      '<span class="typed">$ nc -l 1 &lt; f</span>\nhello',
    )
  })

  test('is the same after highlighting, line by line, also when lines were seen in another state', () => {
    const program = 'const a = `\nlet b\n`\nlet b\n/* let b\nlet b */'
    const text = (lines: string[]) => lines.join('\n').replace(/<[^>]+>/g, '')
    expect(text(highlightLines(program, 'ts'))).toBe(program)
    const [, inString, , asCode, , inComment] = highlightLines(program, 'ts')
    expect(inString).toBe('<span class="s">let b</span>')
    expect(asCode).toBe('<span class="k">let</span> b')
    expect(inComment).toBe('<span class="c">let b */</span>')
  })
})

describe('blocks', () => {
  test('a callout has a title of its own or that of its kind', () => {
    expect(html('::: warning Not `this`', 'Text', ':::')).toBe(
      '<div class="callout warning" role="note"><p class="callout-title">Not <code>this</code></p>\n<p>Text</p>\n</div>\n',
    )
    expect(html('::: linux', 'Text', ':::')).toContain('<p class="callout-title">On Linux</p>')
  })

  test('tabs are radio buttons, the first of which is checked, each set by itself', () => {
    const tabs = [
      ':::: tabs',
      '::: tab Python',
      'p',
      ':::',
      '::: tab TypeScript',
      't',
      ':::',
      '::::',
      '',
    ]
    const inputs = html(...tabs, ...tabs).match(/<input[^>]+>/g)
    expect(inputs).toEqual([
      '<input type="radio" name="tabs-1" id="tab-1-1" checked>',
      '<input type="radio" name="tabs-1" id="tab-1-2">',
      '<input type="radio" name="tabs-2" id="tab-2-1" checked>',
      '<input type="radio" name="tabs-2" id="tab-2-2">',
    ])
  })

  const quiz = (...options: string[]) =>
    html('::: quiz Why `so`?', ...options.flatMap((option) => [`- ${option}`, '']), ':::')
  const because = '\n\n  Because.'

  test('a quiz turns each answer into a <details> that explains it', () => {
    const text = quiz(`[ ] One${because}`, `[x] *Two*${because}`, `[ ] Three${because}`)
    expect(text).toContain('<p class="question">Why <code>so</code>?</p>')
    expect(text.match(/<details class="option \w+">/g)).toEqual([
      '<details class="option wrong">',
      '<details class="option right">',
      '<details class="option wrong">',
    ])
    expect(text).toContain('<summary><em>Two</em></summary><div class="why">\n<p>Because.</p>')
  })

  test.each([
    ['has fewer than three', [`[ ] One${because}`, `[x] Two${because}`]],
    ['has 0 right', [`[ ] One${because}`, `[ ] Two${because}`, `[ ] Three${because}`]],
    ['has 2 right', [`[x] One${because}`, `[x] Two${because}`, `[ ] Three${because}`]],
    ['does not explain "Three"', [`[ ] One${because}`, `[x] Two${because}`, '[ ] Three']],
    ['has an answer without [ ]', [`One${because}`, `[x] Two${because}`, `[ ] Three${because}`]],
  ])('a quiz that %s is an error', (message, options) => {
    expect(() => quiz(...options)).toThrow(`the quiz "Why \`so\`?" ${message}`)
  })
})

describe('search', () => {
  test('Han characters are words alone and in pairs, Latin ones by the word', () => {
    expect(words('TCP粘包题 setNoDelay(true)')).toEqual([
      'tcp',
      '粘',
      '包',
      '题',
      '粘包',
      '包题',
      'setnodelay',
      'true',
    ])
    expect(queryWords('粘包 udp')).toEqual(['粘包', 'udp'])
    expect(queryWords('包')).toEqual(['包'])
  })

  test('an excerpt is cut around the first word found, and marks it', () => {
    const parts = excerpt(`${'word '.repeat(100)}needle ${'word '.repeat(100)}`, ['needle'])
    expect(parts.filter(({ isMatch }) => isMatch)).toEqual([{ text: 'needle', isMatch: true }])
    expect(parts.map(({ text }) => text).join('').length).toBeLessThan(200)
  })

  test('the text of a section has what is in its listings and quizzes', () => {
    const { sections } = render(
      'Before.',
      '## A',
      '`b` c',
      '```ts',
      'let d',
      '```',
      '::: note E',
      'f',
      ':::',
    )
    expect(sections.map(({ heading, text }) => [heading?.id, text])).toEqual([
      [undefined, 'Before.'],
      ['a', 'b c let d E f'],
    ])
  })
})

describe('the course', () => {
  test('says of every chapter and exercise what it is about', () => {
    const ids = course.chapters.flatMap(({ id, exercises }) => [
      id,
      ...exercises.map((one) => one.id),
    ])
    expect(ids.filter((id) => !about[id])).toEqual([])
    expect(Object.keys(about).filter((id) => !ids.includes(id))).toEqual([])
  })

  test.each(exercises)('$id has the titles of its hidden tests', (exercise) => {
    const stages = hiddenTests(exercise)
    for (const { titles } of stages) {
      expect(titles.length).toBeGreaterThanOrEqual(stages.length > 1 ? 3 : 6)
      expect(new Set(titles).size).toBe(titles.length)
    }
  })
})
