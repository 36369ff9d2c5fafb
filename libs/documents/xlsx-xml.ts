/** The XML inside a spreadsheet file, read element by element. */
import { Parser } from 'saxen';
import { DomainError } from '../domain/domain-error.js';

/** Names come without their namespace's prefix, which every program chooses for itself. */
export interface XmlReader {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/**
 * Reads one part of a spreadsheet file from beginning to end. Entities that the file itself defines are left as they are.
 *
 * Throws DomainError('unreadable') for what is no XML.
 */
export function readXml(bytes: Uint8Array, reader: XmlReader): void {
  let failed = false;
  new Parser()
    .on('openTag', (name, attributes, decode) => {
      if (!reader.open) return;
      const decoded = Object.entries(attributes()).map(([key, value]) => [withoutPrefix(key), decode(value)]);
      reader.open(withoutPrefix(name), Object.fromEntries(decoded) as Record<string, string>);
    })
    .on('closeTag', (name) => reader.close?.(withoutPrefix(name)))
    .on('text', (raw, decode) => reader.text?.(decode(raw)))
    .on('cdata', (text) => reader.text?.(text))
    .on('warn', () => undefined)
    .on('error', () => {
      failed = true;
    })
    .parse(xmlText(bytes));
  if (failed) {
    throw new DomainError(
      'unreadable',
      'This spreadsheet is damaged inside, so it cannot be read. Open it in your spreadsheet program, save it again and choose the new file.',
    );
  }
}

/** XML is UTF-8 unless a byte order mark says otherwise. */
function xmlText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
