/** A JSON route as the subjects write them: its zod schema checks what comes, and describes it to programs. */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiResponse } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { OpenApi } from '../../apps/api/docs/open-api.js';
import { problemOf } from '../../apps/api/problem.js';
import { validationPipe } from '../../apps/api/validation.js';

const planId = z.uuid();
const comment = z
  .strictObject({ text: z.string().min(1, 'Write something.'), rows: z.array(z.strictObject({ 'a/b': z.int() })) })
  .meta({ id: 'Comment' });
const answer = z.object({ id: planId }).meta({ id: 'CommentAnswer' });

@Controller('/api/v1/plans')
class Comments {
  @Post(':id/comments')
  @ApiResponse({ status: 201, standardSchema: answer })
  add(@Param('id', { schema: planId }) id: string, @Body({ schema: comment }) body: z.infer<typeof comment>): { id: string; text: string } {
    return { id, text: body.text };
  }
}

describe('a JSON route', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [Comments], providers: [OpenApi] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.useGlobalPipes(validationPipe);
    await app.init();
    app.get(OpenApi).describe(app);
  });
  afterAll(() => app.close());

  it('takes what its schema allows', async () => {
    const id = '6f2c5a34-3c62-4b8e-9b0e-4f6c8d7f2a10';
    const response = await app.inject({ method: 'POST', url: `/api/v1/plans/${id}/comments`, payload: { text: 'Why 420?', rows: [] } });
    expect(response.json()).toEqual({ id, text: 'Why 420?' });
  });

  it('refuses everything that is wrong at once, each with a pointer to it', async () => {
    const refused = await Promise.resolve(
      validationPipe.transform({ text: '', rows: [{ 'a/b': 1.5 }] }, { type: 'body', schema: comment }),
    ).catch(problemOf);
    expect(refused).toMatchObject({
      status: 422,
      code: 'invalid',
      errors: [{ pointer: '/text', detail: 'Write something.' }, { pointer: '/rows/0/a~1b' }],
    });
  });

  it('is described by its schemas', () => {
    const { paths, components } = app.get(OpenApi).document();
    expect(paths['/api/v1/plans/{id}/comments']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Comment' } } },
    });
    expect(components?.schemas).toMatchObject({ Comment: { required: ['text', 'rows'] }, CommentAnswer: { required: ['id'] } });
  });
});
