/** A time of day as people and calendars write it. */

/**
 * '18:00', '18.00', '6pm', '6.30 p.m.' and '18:00:00' as 'HH:MM'.
 * @returns null for anything else
 */
export function readTimeOfDay(text: string): string | null {
  const written = /^(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(a\.?m\.?|p\.?m\.?)?$/i.exec(text.trim());
  if (!written) return /^(?:12\s*)?noon$/i.test(text.trim()) ? '12:00' : null;
  const [, hours = '', minutes, half] = written;
  // A bare number is no time: '18' could be anything.
  if (minutes === undefined && half === undefined) return null;
  const hour = hourOf(Number(hours), half?.[0]?.toLowerCase());
  if (hour === null || Number(minutes ?? 0) > 59) return null;
  return `${String(hour).padStart(2, '0')}:${minutes ?? '00'}`;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
