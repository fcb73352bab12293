import * as z from 'zod'

import { tagged } from '../exchange/response.ts'
import { defineRoute, type Route } from './route.ts'

/** `GET /openapi.json`: the routes of this router, as OpenAPI 3.1. */
export const openApiRoute: Route = defineRoute({
  id: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  access: 'read',
  action: 'read-openapi',
  responses: { 200: z.looseObject({ openapi: z.string() }), 304: null },
  async handler(_input, { request, openApi }) {
    const { document, etag } = openApi()
    return tagged(document, etag, request)
  },
})
