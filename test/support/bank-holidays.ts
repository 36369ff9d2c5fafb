/** England's bank holidays as the law sets them, worked out by rules and without the product's library. */
const DAY = 24 * 60 * 60 * 1000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const isWeekdayAt = (time: number): boolean => ![0, 6].includes(new Date(time).getUTCDay());

/** Every day of a year. */
export function daysOfYear(year: number): string[] {
  const days: string[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += DAY) days.push(dayOf(time));
  return days;
}

/** Monday to Friday. */
export function isWeekday(day: string): boolean {
  return isWeekdayAt(Date.parse(day));
}

/** Banking and Financial Dealings Act 1971, Schedule 1, with the substitute days that are proclaimed each time. */
export function bankHolidays(year: number): string[] {
  const easter = easterSunday(year);
  const days = [easter - 2 * DAY, easter + DAY, firstMonday(year, 4), lastMonday(year, 4), lastMonday(year, 7)];
  days.push(firstFreeWeekday(Date.UTC(year, 0, 1), days), firstFreeWeekday(Date.UTC(year, 11, 25), days));
  const boxingDay = Date.UTC(year, 11, 26);
  // Christmas Day keeps its own day off if it is a weekday; where Christmas is a Sunday, Boxing Day on Monday stays and Tuesday is added.
  days.push(days.includes(boxingDay) ? boxingDay + DAY : firstFreeWeekday(boxingDay, days));
  return days.sort((a, b) => a - b).map(dayOf);
}

function firstFreeWeekday(time: number, taken: number[]): number {
  let day = time;
  while (!isWeekdayAt(day) || taken.includes(day)) day += DAY;
  return day;
}

function firstMonday(year: number, month: number): number {
  let day = Date.UTC(year, month, 1);
  while (new Date(day).getUTCDay() !== 1) day += DAY;
  return day;
}

function lastMonday(year: number, month: number): number {
  let day = Date.UTC(year, month + 1, 0);
  while (new Date(day).getUTCDay() !== 1) day -= DAY;
  return day;
}

/** Gauss's rule in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}
