/** Knowing a full disk for what it is, before and after a server trips over it. */
import { statfsSync } from 'node:fs';
import { DomainError } from '../domain/domain-error.js';

/** What a server cannot do without: the write-ahead log alone takes files of 16 MB. */
const bytesToGoOn = 64 * 1024 * 1024;

/**
 * Refuses in one sentence when a folder's disk is (almost) full.
 * @param folder must exist
 * @param needed bytes that the next step needs
 * @throws DomainError not-now
 */
export function refuseIfDiskIsFull(folder: string, needed = bytesToGoOn): void {
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  if (free < needed) throw fullDisk(folder, `only ${inMegabytes(free)} MB are free and ${inMegabytes(needed)} MB are needed`);
}

/** The sentence for a disk that has no room left. */
export function fullDisk(folder: string, detail = 'nothing more could be written'): DomainError {
  return new DomainError('not-now', `The disk that holds ${folder} is full (${detail}): make room on it, then start again.`);
}

/** Tells whether an error, of whatever library, means that a disk is full. */
export function meansFullDisk(error: unknown): boolean {
  return (
    error instanceof Error &&
    /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i.test(`${'code' in error ? String(error.code) : ''} ${error.message}`)
  );
}

function inMegabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
