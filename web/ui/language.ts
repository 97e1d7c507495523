import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../domain/district.ts'
import en from './language/en.json'
import zhCN from './language/zh-CN.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

/** What the pages are shown in before the district's own language is known. */
const FIRST_LANGUAGE: Language = 'zh-CN'

export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: FIRST_LANGUAGE,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    // React escapes what it shows
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}

export function switchLanguage(language: Language): void {
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
  document.title = i18next.t('app.title')
}

/** The name to show of something that may have an English one. */
export function nameIn(language: Language, names: { name: string; nameEn: string | null }): string {
  return language === 'en' ? (names.nameEn ?? names.name) : names.name
}
