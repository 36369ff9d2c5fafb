/** Finds out who is behind a request: by the API token if it brings one, else by the session. */
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hashToken } from '../../../libs/database/api-tokens.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { People } from './people.js';
import type { SignedInPerson } from './policies.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined until it was asked for; null when nobody is signed in. */
    person?: SignedInPerson | null;
  }
}

@Injectable()
export class Identity {
  constructor(private readonly people: People) {}

  /**
   * The person behind the request, looked up once for each request.
   * @throws DomainError 'not-signed-in' for a token that is unknown, withdrawn or run out: never a silent fall back to the session
   */
  async of(request: FastifyRequest): Promise<SignedInPerson | null> {
    if (request.person === undefined) request.person = await this.lookUp(request);
    return request.person;
  }

  private async lookUp(request: FastifyRequest): Promise<SignedInPerson | null> {
    const token = bearerToken(request);
    if (token !== null) {
      const person = await this.people.byTokenHash(hashToken(token));
      if (!person) throw new DomainError('not-signed-in', 'This API token is not known, or it has been withdrawn or has run out.');
      return person;
    }
    const personId = request.session?.personId;
    return personId ? await this.people.byId(personId) : null;
  }
}

/** The token of an `Authorization: Bearer …` header, or null without such a header. */
export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
