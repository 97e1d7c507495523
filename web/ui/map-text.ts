import type { ExpressionSpecification } from 'maplibre-gl'
import type { Language } from '../../domain/district.ts'

/** The names under which the map's style declares the bundled font; the second is the reader's own. */
export const MAP_FONT = ['Noto Sans SC Variable', 'sans-serif']

/** The name of a base map feature. OpenMapTiles extracts differ in what they call the local name. */
export function baseName(language: Language): ExpressionSpecification {
  const fields =
    language === 'en'
      ? ['name:en', 'name_en', 'name_int', 'name:latin', 'name']
      : ['name:zh-Hans', 'name:zh', 'name', 'name:latin', 'name:nonlatin', 'name_en']
  return ['coalesce', ...fields.map((field): ExpressionSpecification => ['get', field])]
}

/** The name of a grid or an area, in English where there is one. */
export function ownName(language: Language): ExpressionSpecification {
  return language === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name']] : ['get', 'name']
}
