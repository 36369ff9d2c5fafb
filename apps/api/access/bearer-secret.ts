/** Compares a secret of the configuration with the one that a request brings. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { bearerToken } from './identity.js';

/** Whether the request's `Authorization: Bearer` is the secret; takes the same time whatever it is. */
export function bearerSecretMatches(request: FastifyRequest, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(bearerToken(request) ?? ''), digest(secret));
}
