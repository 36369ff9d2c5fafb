/** Starts what pages gain from scripts; each page works without them. A subject's own module is imported here when its page needs it. */
import { initAll } from './govuk-frontend.min.js';

initAll();

const draft = document.querySelector('[data-draft]');
if (draft) import('./draft.js').then(({ editInPlace }) => editInPlace(draft));

const rehearsal = document.querySelector('[data-rehearsal]');
if (rehearsal) import('./rehearsal.js').then(({ followRehearsal }) => followRehearsal(rehearsal));
