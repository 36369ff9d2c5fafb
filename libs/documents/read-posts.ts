/** A council's register of posts, read from JSON. */
import { z } from 'zod';
import { DomainError } from '../domain/domain-error.js';
import type { Post } from '../domain/posts.js';

const register = z.array(z.object({ title: z.string().trim().min(1), otherSpellings: z.array(z.string()).default([]) }));

/**
 * The posts of a register written as a list of `{ "title": …, "otherSpellings": […] }`; other fields are left out.
 * Throws DomainError('unreadable') for a text that is no JSON and ('invalid') for JSON that is no register.
 */
export function readPosts(text: string): Post[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new DomainError('unreadable', 'The register of posts is not JSON. Choose the file that holds the list of posts.');
  }
  const parsed = register.safeParse(content);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new DomainError(
    'invalid',
    `The register of posts is not a list of posts with titles (at ${fields[0]?.pointer}). Give each post a "title" and "otherSpellings".`,
    fields,
  );
}
