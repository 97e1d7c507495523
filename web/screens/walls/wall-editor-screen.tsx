import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { useErrorText } from '../../api/use-error-text.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { useCategories } from '../../incidents/use-categories.ts'
import { useDepartments } from '../../incidents/use-departments.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import type { Choices } from '../../walls/editor/choices.ts'
import { EDITOR_TABS } from '../../walls/editor/editor-bar.tsx'
import { viewText } from '../../walls/editor/read-view.ts'
import { type EditorView, WallEditor } from '../../walls/editor/wall-editor.tsx'
import { FIRST_SIZE, readSize, textOfSize } from '../../walls/editor/wall-size.ts'
import { useWall } from '../../walls/use-walls.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import type { PageSettings } from '../frame/use-page-settings.ts'

const NONE: never[] = []

/** `/walls/:id`: the layout editor of a wall. */
export default function WallEditorScreen({ id }: { id: number }) {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('wallDesk.editTitle')} action="wall.manage">
      {({ settings }) => <Editor key={id} id={id} settings={settings} />}
    </PageFrame>
  )
}

function Editor({ id, settings }: { id: number; settings: PageSettings }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { data: wall, error } = useWall(id, { live: false })
  const [view, onView] = useEditorView()
  const choices = useChoices()
  if (error && !wall) {
    return (
      <NoticePage title={textOf(error)} role="alert" within>
        <a href={settings.linkTo('/walls')}>{t('wallDesk.toWalls')}</a>
      </NoticePage>
    )
  }
  if (!wall) return <NoticePage title={t('loading.short')} busy within />
  return (
    <WallEditor
      wall={wall}
      choices={choices}
      view={view}
      onView={onView}
      mapAddress={(camera) =>
        settings.linkTo('/', {
          layers: 'base,grids,areas,labels',
          at: camera.kind === 'at' ? viewText(camera) : null,
        })
      }
      previewAddress={({ width, height }, scene) =>
        settings.linkTo(`/walls/${id}/preview`, { size: textOfSize({ width, height }), scene })
      }
    />
  )
}

function useChoices(): Choices {
  const shapes = useAreas().data
  const categories = useCategories().data ?? NONE
  const departments = useDepartments().data ?? NONE
  return useMemo(
    () => ({
      shapes,
      areas: shapes?.features.map(({ properties }) => properties) ?? NONE,
      categories,
      departments,
    }),
    [shapes, categories, departments],
  )
}

/** Part, scene and size as the address names them: a reload comes back to the same place. */
function useEditorView(): [EditorView, (patch: Partial<EditorView>) => void] {
  const search = useSearch()
  const view = useMemo((): EditorView => {
    const query = new URLSearchParams(search)
    return {
      tab: EDITOR_TABS.find((tab) => tab === query.get('part')) ?? 'scenes',
      scene: query.get('scene'),
      size: readSize(query.get('size')) ?? FIRST_SIZE,
    }
  }, [search])
  const onView = useCallback(({ tab, scene, size }: Partial<EditorView>) => {
    const query = new URLSearchParams(location.search)
    if (tab) query.set('part', tab)
    if (size) query.set('size', textOfSize(size))
    if (scene) query.set('scene', scene)
    else if (scene === null) query.delete('scene')
    navigate(`${location.pathname}?${query}`, { replace: true })
  }, [])
  return [view, onView]
}
