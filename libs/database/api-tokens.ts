/** Keys for programs that act for a person: made once, shown once, kept only as a hash. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ApiToken } from './entities/people.js';

/** 256 bits: long enough that guessing is hopeless, and no slow hash is needed. */
const TOKEN_BYTES = 32;

export interface NewApiToken {
  councilId: string;
  personId: string;
  /** What it is for, as people know it: "Pentana import". */
  name: string;
  /** The moment it is made and when it runs out, in real time; null never runs out. */
  createdAt: Date;
  expiresAt: Date | null;
}

/**
 * Makes a token.
 * @returns the token itself, which nobody can read again
 */
export async function createApiToken(em: EntityManager, token: NewApiToken): Promise<string> {
  const secret = `plancycle_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  em.persist(em.create(ApiToken, { ...token, id: randomUUID(), tokenHash: hashToken(secret) }));
  await em.flush();
  return secret;
}

/** How a token, or a session's id, is stored: SHA-256 in hex. Both are long random strings, so no slow hash is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
