/** Times of day as people write them, and addresses of meetings' pages. */
import { describe, expect, it } from '@jest/globals';
import { addressKey, modernGovAddress, modernGovSite, readAddress } from '../../libs/calendar/meeting-address.js';
import { readTimeOfDay } from '../../libs/calendar/time-of-day.js';

describe('a time of day', () => {
  it.each([
    ['18:00', '18:00'],
    ['9.30', '09:30'],
    ['6pm', '18:00'],
    ['6.30 p.m.', '18:30'],
    ['12 am', '00:00'],
    ['12.15 pm', '12:15'],
    ['noon', '12:00'],
    ['18:00:00', '18:00'],
  ])('written “%s” is %s', (text, time) => {
    expect(readTimeOfDay(text)).toBe(time);
  });

  it.each(['', '18', '25:00', '18:60', '13 pm', '0 am', 'evening', '18:00 at the Town Hall'])('is not “%s”', (text) => {
    expect(readTimeOfDay(text)).toBeNull();
  });
});

describe('the address of a meeting', () => {
  it('is the same meeting however Modern.Gov writes it', () => {
    const keys = [
      'https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=229&MId=5347',
      'https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?MID=5347&Ver=4&CId=229',
      'http://DEMOCRACY.broxtowe.gov.uk/mgMeeting.aspx?mid=5347#top',
    ].map(addressKey);
    expect(new Set(keys).size).toBe(1);
    expect(addressKey('https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=229&MId=5348')).not.toBe(keys[0]);
    expect(addressKey('https://council.example/meetings/7/')).toBe(addressKey('https://council.example/meetings/7'));
  });

  it('is made from Modern.Gov’s numbers and the place of its pages', () => {
    const site = modernGovSite('https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=229&MId=5347');
    expect(site).toBe('https://democracy.broxtowe.gov.uk');
    expect(modernGovAddress(site!, '230', '5348')).toBe('https://democracy.broxtowe.gov.uk/ieListDocuments.aspx?CId=230&MId=5348');
    expect(modernGovAddress(site!, 'x', '5348')).toBeNull();
    expect(modernGovSite('https://council.example/meetings/7')).toBeNull();
  });

  it('is nothing but http and https, and no longer than a browser takes', () => {
    expect(readAddress(' https://council.example/a ')).toBe('https://council.example/a');
    expect(
      ['javascript:alert(1)', 'ftp://council.example', 'council.example', `https://c.example/${'x'.repeat(2_000)}`].map(readAddress),
    ).toEqual([null, null, null, null]);
  });
});
