import { expect, it } from 'vitest'
import en from '../ui/language/en.json' with { type: 'json' }
import zh from '../ui/language/zh-CN.json' with { type: 'json' }
import { subjectOf, subjectText } from './subject.ts'

it.each([
  ['incident 12', '案件 12', 'Case 12'],
  ['incident', '案件', 'Case'],
  ['user li', '用户 li', 'User li'],
  ['wall 7', '大屏 7', 'Wall 7'],
  ['screen hall', '屏幕 hall', 'Screen hall'],
  ['demo district', '示范区', 'Demo district'],
  ['GET /api/users', 'GET /api/users', 'GET /api/users'],
])('%s is said in the language of the reader, and found by it', (subject, chinese, english) => {
  expect(subjectText(subject, zh.audit)).toBe(chinese)
  expect(subjectText(subject, en.audit)).toBe(english)
  expect(subjectOf(chinese, zh.audit)).toBe(subject)
  expect(subjectOf(english, en.audit)).toBe(subject)
  expect(subjectOf(subject, zh.audit)).toBe(subject)
})

it('is found by what somebody types in a hurry', () => {
  expect(subjectOf(' 案件12 ', zh.audit)).toBe('incident 12')
  expect(subjectOf('case 12', en.audit)).toBe('incident 12')
  expect(subjectOf('Users', en.audit)).toBe('Users')
  expect(subjectOf('', en.audit)).toBe('')
})
