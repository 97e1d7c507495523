import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import fastifyPlugin from 'fastify-plugin'
import { declareAction } from '../access/require-action.ts'

const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url))

const pages: FastifyPluginAsyncTypebox<{ root?: string }> = async (app, { root = ROOT }) => {
  // Absent while only the API is wanted: tests of routes, or a server started without a build
  if (!existsSync(root)) return
  const end = declareAction(app, 'public')
  await app.register(fastifyStatic, {
    root,
    dotfiles: 'ignore',
    index: 'index.html',
    setHeaders(reply, path) {
      // Vite puts a content hash into the names under assets/: those never change, everything else may
      const forever = path.includes('/assets/')
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Nothing else that names no action is public
  end()
}

/** The built web pages at `/`. */
export const webPages = fastifyPlugin(pages)
