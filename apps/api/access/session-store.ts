/** Keeps sessions in PostgreSQL, under the hash of their id: who reads the table cannot take over a session. */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Session as SessionData } from 'fastify';
import type { SessionStore } from '@fastify/session';
import { hashToken } from '../../../libs/database/api-tokens.js';
import { Session } from '../../../libs/database/entities/people.js';

declare module 'fastify' {
  interface Session {
    /** The person who signed in. */
    personId?: string;
    /** What the next page tells once. */
    told?: { title: string; text: string };
  }
}

/** A working day: who signed in at eight need not do it again before the evening. */
export const SESSION_LIFETIME_MS = 10 * 60 * 60 * 1000;

export class DatabaseSessionStore implements SessionStore {
  constructor(private readonly orm: MikroORM) {}

  set(sessionId: string, session: SessionData, callback: (error?: unknown) => void): void {
    const expiresAt = session.cookie.expires ?? new Date(Date.now() + SESSION_LIFETIME_MS);
    const data = JSON.parse(JSON.stringify(session)) as Record<string, unknown>;
    answer(this.orm.em.fork().upsert(Session, { idHash: hashToken(sessionId), data, expiresAt }), () => callback(), callback);
  }

  get(sessionId: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    const found = this.orm.em.fork().findOne(Session, { idHash: hashToken(sessionId), expiresAt: { $gt: new Date() } });
    answer(found, (session) => callback(null, session ? (session.data as unknown as SessionData) : null), callback);
  }

  /** Removes the session, and with it every one that has run out. */
  destroy(sessionId: string, callback: (error?: unknown) => void): void {
    const ended = { $or: [{ idHash: hashToken(sessionId) }, { expiresAt: { $lte: new Date() } }] };
    answer(this.orm.em.fork().nativeDelete(Session, ended), () => callback(), callback);
  }
}

/** The store's interface is one of callbacks. They are called outside the promise, so that what they throw is not taken for the database's. */
function answer<T>(work: Promise<T>, onDone: (value: T) => void, onError: (error: unknown) => void): void {
  work.then(
    (value) => setImmediate(onDone, value),
    (error: unknown) => setImmediate(onError, error),
  );
}
