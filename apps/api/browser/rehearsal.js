/** Follows a rehearsal while it is played: the day that it has come to and its bar; at its end the page is loaded anew. */

const PAUSE_MS = 1_000;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Asks again and again until the rehearsal is through. @param place the element with data-rehearsal, the rehearsal's id */
export async function followRehearsal(place) {
  let told = '';
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const found = await ask(place.dataset.rehearsal);
    // The service is away for a moment, or being started anew: it is asked again.
    if (!found) continue;
    if (found.state !== 'waiting' && found.state !== 'running') return window.location.reload();
    if (!found.reachedDay) continue;
    const day = new Date(found.reachedDay);
    place.querySelector('[data-words]').textContent = `It has come to ${DAY.format(day)}.`;
    place.querySelector('[data-bar]').value = found.percent;
    // Read out once for each month, not for each day.
    if (MONTH.format(day) !== told) place.querySelector('[data-told]').textContent = `It has come to ${MONTH.format(day)}.`;
    told = MONTH.format(day);
  }
}

async function ask(id) {
  try {
    const answer = await fetch(`/api/v1/rehearsals/${id}?events=no`, { headers: { accept: 'application/json' } });
    // Signed out meanwhile, or no longer kept: the page says so.
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) return { state: 'gone' };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
