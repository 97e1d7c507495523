import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './screens/app.tsx'
import { followWindowSize } from './ui/interface-scale.ts'
import { startLanguage } from './ui/language.ts'
import { showLife } from './wall/show-life.ts'
import './ui/theme.css'
import './ui/parts.css'
import './ui/tables.css'

startLanguage()
followWindowSize()
showLife()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
