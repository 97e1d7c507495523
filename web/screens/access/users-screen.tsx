import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../access/use-me.ts'
import { ME_KEY } from '../../connection/query-client.ts'
import { useDepartments } from '../../incidents/use-departments.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useAreaList } from './use-area-list.ts'

// Nobody else needs its controls
const UsersDesk = lazy(() =>
  import('../../users/users-desk.tsx').then(({ UsersDesk }) => ({ default: UsersDesk })),
)

const NONE: never[] = []

/** `/users`: who may sign in, for administrators. */
export function UsersScreen() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('users.title')} action="user.manage">
      {() => <Desk />}
    </PageFrame>
  )
}

function Desk() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const areas = useAreaList()
  const departments = useDepartments().data ?? NONE
  const ownName = useMe().data?.name ?? null
  return (
    <div className="desk">
      <Suspense fallback={<NoticePage title={t('loading.short')} busy within />}>
        <UsersDesk
          areas={areas}
          departments={departments}
          ownName={ownName}
          // Whoever looks at it may have changed what is offered here
          onSaved={() => void client.invalidateQueries({ queryKey: ME_KEY })}
        />
      </Suspense>
    </div>
  )
}
