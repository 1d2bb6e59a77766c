/** The two pages beside the lessons: from Python to Node, and the glossary. */
import fs from 'node:fs'
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { course } from '../course.ts'
import { root } from '../grader/manifest.ts'
import {
  anchorOf,
  headingsOf,
  linksOf,
  listingsOf,
  quotedFrom,
  reasonToSkip,
  run,
} from './listings.ts'

const folder = path.join(root, 'lessons')
const markdown = new MarkdownIt({ html: true })
/** What the five tutorials call or name, as far as it is Python's; the spelling is theirs. */
const callsOfTheSeeds = {
  S0: [
    ...['socket.socket', 'AF_INET', 'SOCK_STREAM', 'SOCK_DGRAM', 's.setsockopt', 's.getsockopt'],
    ...['SOL_SOCKET', 'SO_BINDTODEVICE', 'SO_BROADCAST', 'SO_DONTROUTE', 'SO_KEEPALIVE'],
    ...['SO_OOBINLINE', 'SO_REUSEADDR', 'dir(socket)', "startswith('SO_')", '.sort()'],
    ...['s.bind((host, port))', "s.bind(('', port))", 's.listen', 's.accept', 's.connect('],
    ...['getpeername()[0]', 's.recv(', 's.send(', 's.sendall(', 's.shutdown(1)', 's.close()'],
    ...['s.recvfrom(', 's.recvfrom(2048)[0]', 's.sendto(', "struct.pack('!I'"],
    ...["struct.unpack('!I'", 'time.time()', 'time.ctime()', 'int(', 'str(', 'len(data)'],
    ...['raw_input()', 'print', 'sys.stdout.write', 'sys.exit(1)', 'KeyboardInterrupt'],
    ...[
      'SystemExit',
      "'%d:%s' %",
      'except:',
      'traceback.print_exc()',
      'coding: cp936',
      'while True:',
    ],
  ],
  S1: [
    ...['AF_UNIX', 'AF_LOCAL', 'AF_INET6', 'socket.setdefaulttimeout', 'socket.timeout'],
    ...['select', 's.setblocking(False)', 's.settimeout', 'thread.start_new_thread'],
    ...['while 1: pass', 'raw_input()', 's.sendall(', 's.recv(', 's.accept'],
  ],
  S2: [
    ...[".encode('gbk')", ".decode('gbk')", 's.listen(backlog)', '__main__', "recv` returns `b''`"],
    ...['threading.Thread(target=f, args=', '.start()', '.setDaemon(True)', 's.accept'],
  ],
  S3: [
    ...['s.connect_ex(', 'socket.socket()', ".encode('utf-8')", ".decode('utf-8')", 'input()'],
    ...[
      '.strip()',
      '.split()',
      ".startswith('get')",
      'ConnectionResetError',
      "b''",
      'received += data',
    ],
    ...['os.popen(cmd).read()', 'str(size)', 'int(text)', 'time.sleep(0.5)', 'os.path.isfile'],
    ...['os.stat(name).st_size', "open(name, 'rb')", "open(name, 'wb')", 'for line in f'],
    ...['f.write', 'f.close', 'hashlib.md5()', 'm.update', 'm.hexdigest()', '.upper()'],
    ...['socketserver.BaseRequestHandler', 'handle', 'self.request', 'self.client_address'],
    ...['socketserver.ThreadingTCPServer', '.serve_forever()', "'{}'.format"],
  ],
  S4: [
    ...['s.bind(', 's.listen', 's.accept', 's.connect(', 's.connect_ex(', 's.recv(', 's.send('],
    ...['s.sendall(', 's.recvfrom(', 's.sendto(', 's.getpeername()', 's.getsockname()'],
    ...['s.getsockopt(', 's.setsockopt(', 's.close()', 'protocol=0'],
  ],
}

/** Their Chinese terms, as they write them. */
const chineseTerms = [
  ...[
    '套接字',
    '客户端',
    '服务器端',
    '端口',
    '绑定',
    '侦听',
    '监听',
    '广播',
    '网卡',
    '路由器',
    '网关',
    '信息包',
  ],
  ...['七层协议', '物理层', '数据链路层', '网络层', '运输层', '会话层', '表示层', '应用层'],
  ...[
    '网络接口层',
    '网际层',
    '套接字家族',
    '字节流',
    '三次握手',
    '四次挥手',
    '阻塞',
    '非阻塞',
    '超时',
  ],
  ...['单线程', '多线程', '进程', '用户数据报', '网络调试助手', '二进制数据', '编码', '解码'],
  ...[
    '端口号复用',
    '多任务',
    '守护线程',
    '被动套接字',
    '主线程',
    '子线程',
    '粘包',
    '缓存区',
    '出错码',
  ],
  ...['异常', '远程命令', '协程', '断点续传', '磁盘配额', '家目录', '加密认证', '进度条', '一致性'],
  ...['时间戳', '面向连接', '系统保留端口', '协议', '连接', '五元组', '半关闭'],
]

const read = (page: string) => fs.readFileSync(path.join(folder, page), 'utf8')

describe.each(['python-to-node.md', 'glossary.md'])('%s', (page) => {
  test('every link leads to a section', () => {
    const links = linksOf(markdown.parse(read(page), {}))
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((link) => !isWaitedFor(link) && !leadsSomewhere(page, link))).toEqual([])
  })
})

describe('python-to-node.md', () => {
  const text = read('python-to-node.md')
  const listings = listingsOf(markdown.parse(text, {}))

  test.each(listings)('$name is quoted as it is', ({ name, region, code }) => {
    expect(code).toBe(quotedFrom(path.join(folder, name), region))
  })

  const examples = 'examples/python-to-node'
  for (const file of fs.readdirSync(path.join(folder, examples))) {
    const script = path.join(folder, examples, file)
    const reason = reasonToSkip(script)
    test.skipIf(reason !== '')(`${file} prints what the page says${reason}`, async () => {
      const { stdout, stderr } = await run(script)
      expect(stderr).toBe('')
      const outputs = listings
        .filter(({ name }) => name === `${examples}/${file}`)
        .map(({ output }) => output)
      expect(outputs).toEqual([stdout])
    })
  }

  test.each(Object.entries(callsOfTheSeeds))('it has every call of %s', (_, calls) => {
    const rows = text.split('\n').filter((line) => line.startsWith('| '))
    expect(calls.filter((call) => !rows.some((row) => row.includes(call)))).toEqual([])
  })
})

describe('glossary.md', () => {
  const text = read('glossary.md')
  const terms = headingsOf(markdown.parse(text, {}), 'h3')

  test('every term has its Chinese, an explanation and a section', () => {
    const entry = /^### .+\n\n\*\*.+\*\* \(.+\)\. .+\. \[Lesson 0\d\]\(.+\)$/gm
    expect(text.match(entry)).toHaveLength(terms.length)
    expect(terms.length).toBeGreaterThan(80)
  })

  test('the terms are in order, and each is reached from its Chinese', () => {
    const letters = terms.map((term) => term.toLowerCase().replace(/[^a-z\d]/g, ''))
    expect(letters).toEqual(letters.toSorted())
    expect(terms.filter((term) => !text.includes(`| [${term}](#${anchorOf(term)}) |`))).toEqual([])
  })

  test('every Chinese term of the seeds is there', () => {
    expect(chineseTerms.filter((term) => !text.includes(`| ${term} |`))).toEqual([])
  })
})

/** Whether a link leads into a chapter whose lesson is not there yet. */
function isWaitedFor(link: string): boolean {
  const chapter = course.chapters.find(({ id }) => link.startsWith(`${id}/`))
  return chapter !== undefined && !fs.existsSync(path.join(folder, chapter.id, 'README.md'))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', fragment] = link.split('#')
  const target = path.join(folder, file || page)
  if (!fs.existsSync(target)) return false
  if (fragment === undefined) return true
  const tokens = markdown.parse(fs.readFileSync(target, 'utf8'), {})
  return ['h2', 'h3'].some((tag) =>
    headingsOf(tokens, tag).some((heading) => anchorOf(heading) === fragment),
  )
}
