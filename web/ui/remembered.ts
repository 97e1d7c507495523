import { useSyncExternalStore } from 'react'
import { LANGUAGES, type Language } from '../../domain/district.ts'
import { THEMES, type Theme } from './palettes.ts'

/** What a browser remembers of whoever sits at it. The page of a start reads the first two, too. */
type Name = 'language' | 'theme' | 'start-page-seen' | 'guided-look-closed' | 'was-wall'

const listeners = new Set<() => void>()

/** null: never remembered, or nothing can be */
export function remembered(name: Name): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: Name, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Where nothing can be remembered the address still says it
  }
  for (const listener of listeners) listener()
}

/** Whether this is remembered nowhere although it could be: what is shown once would else be shown each time. */
export function isNews(name: Name): boolean {
  try {
    return localStorage.getItem(name) === null
  } catch {
    return false
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The language and theme that were last chosen in this browser; null: none was. */
export function useChosen(): { language: Language | null; theme: Theme | null } {
  const language = useSyncExternalStore(subscribe, () => remembered('language'))
  const theme = useSyncExternalStore(subscribe, () => remembered('theme'))
  return {
    language: LANGUAGES.find((one) => one === language) ?? null,
    theme: THEMES.find((one) => one === theme) ?? null,
  }
}
