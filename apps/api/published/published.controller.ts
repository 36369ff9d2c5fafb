/** Published plans as open data. */
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Policy } from '../access/policy.decorator.js';
import { content, problem, slugParam, yearParam } from '../plans/plans.schemas.js';
import { PublishedPlans } from './published.service.js';

const publishedPlan = z
  .object({
    council: z.string(),
    year: z.string(),
    slug: z.string(),
    version: z.int(),
    versions: z.array(z.int()).meta({ description: 'The numbers of all public versions, newest first.' }),
    origin: z.enum(['published', 'imported']).meta({ description: "'imported' is an extract from the papers of a committee." }),
    publishedAt: z.iso.datetime(),
    extractHash: z.string(),
    fullHash: z.string(),
    content,
  })
  .meta({ id: 'PublishedPlan' });

@Controller('/api/v1/published')
@ApiTags('Published plans')
export class PublishedController {
  constructor(private readonly published: PublishedPlans) {}

  @Get(':council/:year/:slug')
  @Policy('public')
  @ApiResponse({ status: 200, standardSchema: publishedPlan, headers: { ETag: { description: 'The fullHash of the version' } } })
  @ApiResponse({ status: 404, description: 'Nothing has been published here', standardSchema: problem })
  async read(
    @Param('council', { schema: slugParam }) council: string,
    @Param('year', { schema: yearParam }) year: string,
    @Param('slug', { schema: slugParam }) slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof publishedPlan>> {
    const { version, versions } = await this.published.one(council, year, slug);
    const { number, origin, createdAt, extractHash, fullHash } = version;
    reply.header('etag', `"${fullHash}"`);
    return {
      ...{ council, year, slug, version: number, versions: versions.map((one) => one.number) },
      ...{ origin: origin === 'imported' ? 'imported' : 'published', publishedAt: createdAt.toISOString(), extractHash, fullHash },
      content: version.content,
    };
  }
}
