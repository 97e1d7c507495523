import type { Intake } from '../../../domain/incident.ts'

/**
 * What the intake channels are called in files, lower case. A word that is not here counts as `public`: the
 * import says how often, and `--values intake:WORD=CHANNEL` says better.
 */
export const INTAKE_WORDS: Readonly<Record<string, Intake>> = {
  patrol: 'patrol',
  video: 'video',
  public: 'public',
  superior: 'superior',
  'employee generated': 'patrol',
  'city worker app': 'patrol',
  'constituent call': 'public',
  'citizens connect app': 'public',
  'self service': 'public',
  twitter: 'public',
  巡查: 'patrol',
  巡查上报: 'patrol',
  网格员上报: 'patrol',
  采集员上报: 'patrol',
  自行处置: 'patrol',
  视频: 'video',
  视频巡查: 'video',
  视频监控: 'video',
  智能识别: 'video',
  公众举报: 'public',
  市民举报: 'public',
  群众举报: 'public',
  居民上报: 'public',
  热线: 'public',
  '12345热线': 'public',
  领导交办: 'superior',
  上级交办: 'superior',
  上级派发: 'superior',
  市级派发: 'superior',
}

/** Levels of a case by the words for them, lower case. */
export const LEVEL_WORDS: Readonly<Record<string, '1' | '2' | '3' | '4'>> = {
  critical: '1',
  urgent: '1',
  fatal: '1',
  major: '2',
  high: '2',
  ordinary: '3',
  normal: '3',
  medium: '3',
  minor: '4',
  low: '4',
  特急: '1',
  特别重大: '1',
  紧急: '1',
  重大: '2',
  较大: '2',
  一般: '3',
  普通: '3',
  轻微: '4',
}
