import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { Problem } from '../../../domain/problem.ts'
import { notFound } from '../../errors.ts'
import { ImageFolder } from './image-folder.ts'

/** Images that walls show, from `DATA_DIR/wall-images`. */
export const imageRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const images = new ImageFolder(join(app.config.dataDir, 'wall-images'))
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }

  app.get(
    '/wall-images',
    {
      config: { action: 'wall.read' },
      schema: {
        tags,
        summary: 'The names of the images that walls can show',
        response: { 200: Type.Array(Type.String()), ...errors },
      },
    },
    () => images.list(),
  )

  app.get(
    '/wall-images/:name',
    {
      config: { action: 'wall.show' },
      schema: {
        tags,
        summary: 'An image: PNG, JPEG or WebP',
        params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
        produces: ['image/png', 'image/jpeg', 'image/webp'],
        response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }), ...errors },
      },
    },
    async ({ params: { name } }, reply) => {
      const image = await images.read(name)
      if (!image) throw notFound('image', name)
      return reply.type(image.type).send(image.bytes)
    },
  )
}
