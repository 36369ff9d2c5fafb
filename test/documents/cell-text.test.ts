/** Markup in cells: dropped where it is markup, left where it is text. */
import { describe, expect, it } from '@jest/globals';
import { cellText } from '../../libs/documents/cell-text.js';

describe('the text of a cell', () => {
  it.each([
    ['a paragraph', '<p>Head of Housing</p>', 'Head of Housing'],
    ['two paragraphs', '<p>Head of Housing</p> <p>A comment</p>', 'Head of Housing\nA comment'],
    ['a line break', 'Police<br/>Health', 'Police\nHealth'],
    ['emphasis and a link', 'a <strong>b</strong> <a href="https://x">c</a>', 'a b c'],
    ['an entity beside markup', '<p>Fire &amp; Rescue</p>', 'Fire & Rescue'],
  ])('drops %s', (_what, raw, text) => {
    expect(cellText(raw)).toEqual({ text, hadMarkup: true });
  });

  it.each(['BCRPDA&V_15', 'less than < 5 and > 2', '<Beeston>', 'Fire &amp; Rescue', '<script>alert(1)</script>', '  as it came '])(
    'leaves “%s” as it is',
    (raw) => {
      expect(cellText(raw)).toEqual({ text: raw, hadMarkup: false });
    },
  );

  it('keeps unknown tags as text beside real markup', () => {
    expect(cellText('<p>in <Beeston> & <5</p>').text).toBe('in <Beeston> & <5');
  });
});
