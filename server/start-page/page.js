// Plain JavaScript: it is served before anything is built.
const ASK_EVERY_MS = 500
const TEXTS = {
  'zh-CN': {
    title: '正在启动',
    first: '首次启动需要约一分钟：准备数据库，并生成一个虚构的示范区。',
    again: '正在打开数据库并载入案件，通常只需几秒到半分钟。',
    note: '完成后本页会自动进入系统，无需刷新。',
    seconds: (value) => `${value.toFixed(0)} 秒`,
  },
  en: {
    title: 'Starting',
    first:
      'The first start takes about a minute: it prepares the database and makes up a demonstration district.',
    again: 'The database is being opened and the cases loaded: some seconds, seldom half a minute.',
    note: 'This page turns into the application by itself when that is done.',
    seconds: (value) => `${value.toFixed(0)} s`,
  },
}
/** What was chosen in the application: in its address, else last in this browser. */
function chosen(name, choices) {
  const asked = new URLSearchParams(location.search).get(name)
  return [asked, localStorage.getItem(name)].find((one) => choices.includes(one))
}
const own = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en'
const language = chosen('language', Object.keys(TEXTS)) ?? own
const texts = TEXTS[language]

document.documentElement.lang = language
// As in the application: dark where nobody chose
document.documentElement.dataset.theme = chosen('theme', ['dark', 'light']) ?? 'dark'
for (const id of ['title', 'note']) document.getElementById(id).textContent = texts[id]

function element(name, className, text) {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function show({ isFirst, steps }) {
  document.getElementById('lead').textContent = isFirst ? texts.first : texts.again
  const rows = steps.map(({ what, detail, seconds, done }) => {
    const row = element('li', done ? 'done' : 'running', '')
    const words = element('span', 'what', what[language])
    if (detail && !done) words.append(element('span', 'detail', detail))
    row.append(
      element('span', 'mark', done ? '✓' : '◌'),
      words,
      element('span', 'seconds', texts.seconds(seconds)),
    )
    return row
  })
  const list = document.getElementById('steps')
  // Who scrolled back to read stays there until the next step begins
  const isNext = rows.length !== list.children.length
  list.replaceChildren(...rows)
  if (isNext) list.lastElementChild?.scrollIntoView({ block: 'nearest' })
}

async function ask() {
  try {
    const response = await fetch('/api/start', { cache: 'no-store' })
    // The application has no such path: it answers in our place by now
    if (response.status === 404) return location.reload()
    if (response.ok) show(await response.json())
  } catch {
    // Between the two servers nobody answers for a moment
  }
  setTimeout(ask, ASK_EVERY_MS)
}
ask()
