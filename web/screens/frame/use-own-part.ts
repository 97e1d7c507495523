import { useMemo } from 'react'
import { useMe } from '../../access/use-me.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { useScopeText } from '../../ui/scope-text.ts'

/** Names of the areas that whoever is here sees; null: the whole district, or not yet known. */
export function useOwnPart(): string | null {
  const scope = useMe().data?.scope
  const isLimited = scope !== undefined && !scope.includes('')
  const shapes = useAreas(isLimited).data
  const areas = useMemo(() => shapes?.features.map(({ properties }) => properties) ?? [], [shapes])
  const textOf = useScopeText(areas)
  if (!isLimited || !shapes || areas.some(({ level }) => level === 'district')) return null
  return textOf(scope)
}
