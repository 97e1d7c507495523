import i18next from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { LANGUAGES } from '../../../domain/district.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import { startLanguage } from '../../ui/language.ts'
import { newPanel } from './new-panel.ts'
import { panelName, usualTitle } from './panel-name.ts'

beforeAll(startLanguage)

it.each(LANGUAGES)('names a panel by what stands above it on the wall: %s', (language) => {
  const t = i18next.getFixedT(language)
  const { scenes } = readyMadeWall(language)
  const [overview, replay] = [scenes[0]!, scenes.find((scene) => scene.replay)!]
  const names = overview.panels.map((panel) => panelName(panel, overview, t))
  expect(names).toEqual(
    language === 'en'
      ? [
          'Reported · today',
          'Open cases',
          'Overdue',
          'On time · 30 days',
          'Cases over time · 7 days',
          'Cases by street · 7 days',
        ]
      : [
          '上报案件 · 今日',
          '未结案件',
          '已超期',
          '按期结案率 · 近 30 天',
          '案件走势 · 近 7 天',
          '各街道案件数 · 近 7 天',
        ],
  )
  expect(panelName(replay.panels[0]!, replay, t)).toBe(t('wall.replayClock'))
})

it('calls what has no title on the wall by its kind', () => {
  const t = i18next.getFixedT('en')
  const scene = { ...readyMadeWall('en').scenes[0]!, panels: [] }
  const text = newPanel(scene, 'text')!
  expect([usualTitle(text, scene, t), panelName(text, scene, t)]).toEqual(['', 'Text'])
  expect(panelName({ ...text, title: 'Notice' }, scene, t)).toBe('Notice')
})
