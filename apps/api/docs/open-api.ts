/** The description of the JSON API, made from the controllers and their zod schemas. */
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { createSchema } from 'zod-openapi';

@Injectable()
export class OpenApi {
  private made: OpenAPIObject | null = null;

  /** Describes the application once all its routes are there. */
  describe(app: NestFastifyApplication): void {
    const config = new DocumentBuilder()
      .setTitle('Plancycle')
      .setDescription("A council's annual business plan cycle: plans, decisions, quarters and published documents.")
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token, made with `plancycle token`' })
      .addSecurityRequirements('bearer')
      .build();
    this.made = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert });
  }

  /** The OpenAPI 3.1 document. */
  document(): OpenAPIObject {
    if (!this.made) throw new Error('The API is described when the application has started.');
    return this.made;
  }
}

/** zod's own JSON schema knows nothing of OpenAPI's components; a schema with `.meta({ id })` becomes one. */
function convert(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }): ReturnType<typeof createSchema> | undefined {
  return schema instanceof z.ZodType ? createSchema(schema, { io: schemaType, openapiVersion: '3.1.0' }) : undefined;
}
