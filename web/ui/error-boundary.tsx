import { Component, type ErrorInfo, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  /** shown instead of what failed; `again` tries it anew */
  fallback(error: Error, again: () => void): ReactNode
  /** by itself, after so many milliseconds: where nobody sits who could */
  againAfterMs?: number
  onFault?(message: string): void
  children: ReactNode
}

/** Keeps a fault of one part of a screen from taking the rest with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }
  #timer: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack)
    const { againAfterMs, onFault } = this.props
    onFault?.(error.message)
    if (againAfterMs === undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#again, againAfterMs)
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer)
  }

  readonly #again = () => this.setState({ error: null })

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return this.props.fallback(error, this.#again)
  }
}
