import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { fetchSignInOptions } from '../../access/access-api.ts'
import { LanguageAndTheme } from '../../ui/language-and-theme.tsx'
import { PageSetup } from '../frame/page-setup.tsx'
import { usePageSettings } from '../frame/use-page-settings.ts'
import './access.css'

/** What the sign-in page offers. */
export const useSignInOptions = () =>
  useQuery({ queryKey: ['sign-in'], queryFn: ({ signal }) => fetchSignInOptions(signal) })

/** The ground of pages for whoever is not yet signed in: nothing of the district is asked for. */
export function DoorStep({ children }: { children(corner: ReactNode): ReactNode }) {
  const settings = usePageSettings()
  const options = useSignInOptions().data
  const language = settings.language ?? options?.language ?? null
  return (
    <PageSetup language={language} theme={settings.theme} withoutDistrict>
      {(ground) =>
        children(
          <LanguageAndTheme language={ground.language} theme={settings.theme} change={settings.change} />,
        )
      }
    </PageSetup>
  )
}
