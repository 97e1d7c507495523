import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { useToldByPage } from '../../ui/told-between-pages.ts'
import { FIRST_SIZE, readSize, textOfSize } from '../../walls/editor/wall-size.ts'
import { WallPreview } from '../../walls/preview/wall-preview.tsx'
import { draftChannel, type ShownDraft } from '../../walls/shown-draft.ts'
import { PageFrame } from '../frame/page-frame.tsx'

/** `/walls/:id/preview`: what stands on a wall, pixel by pixel as large as there, or fitted into the window. */
export default function WallPreviewScreen({ id }: { id: number }) {
  const { t } = useTranslation()
  const query = new URLSearchParams(useSearch())
  const scene = query.get('scene')
  const told = useToldByPage<ShownDraft>(draftChannel(id))
  return (
    <PageFrame title={t('wallDesk.preview')} action="wall.show">
      {() => (
        <WallPreview
          address={`/wall?${new URLSearchParams({ wall: String(id), preview: '1', ...(scene && { scene }) })}`}
          isDraft={told !== null}
          size={readSize(query.get('size')) ?? FIRST_SIZE}
          isTrueSize={query.get('fit') === 'no'}
          onChange={({ size, isTrueSize }) => {
            query.set('size', textOfSize(size))
            query.set('fit', isTrueSize ? 'no' : 'yes')
            navigate(`${location.pathname}?${query}`, { replace: true })
          }}
        />
      )}
    </PageFrame>
  )
}
