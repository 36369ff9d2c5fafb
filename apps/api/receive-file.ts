/** Files that people send with a form: kept in memory up to a limit, and only from somebody who is signed in. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UPLOAD_LIMIT_BYTES } from '../../libs/documents/plan-format.js';
import { notSignedIn } from './access/policies.js';

/** One file with a form, a few short fields beside it. */
export const UPLOAD_LIMITS = { fileSize: UPLOAD_LIMIT_BYTES, files: 1, fields: 20, fieldSize: 100_000, parts: 25 };

/** A file as a form's field: `bytes` is null where it was larger than the limit. */
export interface ReceivedFile {
  name: string;
  bytes: Uint8Array | null;
}

/** Makes the file the value of its field in the request's body. */
export async function receiveFile(part: MultipartFile): Promise<void> {
  const bytes = await part.toBuffer();
  const received: ReceivedFile = { name: part.filename, bytes: part.file.truncated ? null : bytes };
  (part as MultipartFile & { value?: ReceivedFile }).value = received;
}

/** What a form's field holds, if a file was chosen for it; browsers send an empty one without a name where none was. */
export function receivedFile(value: unknown): ReceivedFile | null {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('bytes' in value)) return null;
  const { name, bytes } = value;
  if (typeof name !== 'string' || name === '') return null;
  return { name, bytes: bytes instanceof Uint8Array ? bytes : null };
}

/** A file is read before any policy is asked, so nothing is read from somebody without a session. */
export function refuseStrangersFiles(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const isForm = request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
  done(isForm && request.session?.personId === undefined ? notSignedIn() : undefined);
}
