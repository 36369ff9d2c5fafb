/** A plan's text as a file to keep: every format it is written in, named so that people find it again. */
import type { FastifyReply } from 'fastify';
import { FORMAT_FACTS, PLAN_FORMATS, type PlanFormat } from '../../../libs/documents/plan-format.js';
import { writePlanFile } from '../../../libs/documents/write-plan-file.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';

/** The formats with what people call them, for links. */
export const DOWNLOADS = PLAN_FORMATS.map((format) => ({ format, title: FORMAT_FACTS[format].title }));

/**
 * Answers with the plan as a file.
 * @param format what stands in the address
 * @param name the file's name without its extension, for example 'community-safety-2026-27-v2'
 * @throws DomainError 'not-found' for a format that there is not
 */
export async function sendPlanFile(reply: FastifyReply, plan: BusinessPlan, format: string, name: string): Promise<Buffer> {
  if (!isPlanFormat(format)) throw new DomainError('not-found', `Plans are not written as “${format}”. Choose ${PLAN_FORMATS.join(', ')}.`);
  const { mediaType, extension } = FORMAT_FACTS[format];
  reply.header('content-type', mediaType).header('content-disposition', `attachment; filename="${name}${extension}"`);
  return Buffer.from(await writePlanFile(plan, format));
}

function isPlanFormat(format: string): format is PlanFormat {
  return (PLAN_FORMATS as readonly string[]).includes(format);
}
