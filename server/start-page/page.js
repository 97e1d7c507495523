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
const language = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en'
const texts = TEXTS[language]

document.documentElement.lang = language
// As in the application: dark where the address names no theme
if (new URLSearchParams(location.search).get('theme') === 'light')
  document.documentElement.dataset.theme = 'light'
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
  document.getElementById('steps').replaceChildren(...rows)
}

/** Who has never been here begins at the start page; an address that says more is kept. */
function enter() {
  const isNew = localStorage.getItem('guided-look-closed') === null
  if (isNew && location.pathname === '/' && location.search === '') location.replace('/start')
  else location.reload()
}

async function ask() {
  try {
    const response = await fetch('/api/start', { cache: 'no-store' })
    // The application has no such path: it answers in our place by now
    if (response.status === 404) return enter()
    if (response.ok) show(await response.json())
  } catch {
    // Between the two servers nobody answers for a moment
  }
  setTimeout(ask, ASK_EVERY_MS)
}
ask()
