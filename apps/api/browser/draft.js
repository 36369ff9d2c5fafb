/** Edits a draft's cells in place: each cell becomes a text field that saves itself when one leaves it. Without this, every row has its own form. */

/** @param {HTMLElement} draft the element that holds the draft's tables and names where they are saved */
export function editInPlace(draft) {
  const editor = new DraftInPlace(draft);
  for (const cell of draft.querySelectorAll('[data-cell]')) editor.open(cell);
  for (const table of draft.querySelectorAll('.plancycle-plan-table')) table.classList.add('plancycle-table--edited');
  window.addEventListener('beforeunload', (event) => {
    if (editor.hasUnsaved()) event.preventDefault();
  });
}

class DraftInPlace {
  constructor(draft) {
    this.address = draft.dataset.draft;
    this.revision = draft.dataset.revision;
    this.token = draft.querySelector('input[name="_csrf"]').value;
    this.told = document.querySelector('[data-saved]');
    this.unsaved = new Set();
    // One after the other: each save is made over the revision that the one before it made.
    this.turn = Promise.resolve();
  }

  hasUnsaved() {
    return this.unsaved.size > 0;
  }

  open(cell) {
    const shown = cell.querySelector('.plancycle-cell-text');
    const field = document.createElement('textarea');
    field.className = 'plancycle-cell';
    if (cell.hasAttribute('data-figure')) field.classList.add('plancycle-cell--figure');
    else if (shown.textContent.length > 60) field.classList.add('plancycle-cell--wide');
    field.rows = 1;
    field.setAttribute('aria-label', cell.dataset.label);
    field.value = shown.textContent;
    field.dataset.saved = field.value;
    field.addEventListener('input', () => this.unsaved.add(field));
    field.addEventListener('change', () => (this.turn = this.turn.then(() => this.save(cell, field))));
    shown.replaceWith(field);
  }

  async save(cell, field) {
    const text = field.value;
    if (text === field.dataset.saved) return this.settle(field);
    this.tell('Saving…');
    try {
      const answer = await this.send(cell, text);
      if (answer.status === 412) await this.showBoth(cell, field, text, await answer.json());
      else if (answer.ok) this.saved(cell, field, text, await answer.json());
      else this.refused(field, reasonOf(await answer.json()));
    } catch {
      this.refused(field, 'There is no connection. Your text stays here; leave the cell again to save it.');
    }
  }

  send(cell, text) {
    return fetch(`${this.address}/rows/${encodeURIComponent(cell.parentElement.dataset.row)}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'if-match': `"${this.revision}"`,
        'x-csrf-token': this.token,
      },
      body: JSON.stringify({ cells: { [cell.dataset.cell]: text } }),
    });
  }

  saved(cell, field, text, { revision, savedAt, queries }) {
    this.revision = String(revision);
    field.dataset.saved = text;
    this.settle(field);
    field.classList.remove('plancycle-cell--wrong');
    showQueries(cell.parentElement, queries);
    const time = new Date(savedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });
    this.tell(`Saved ${time}`);
  }

  /** Somebody changed the draft. If not this cell, it is saved over the newer revision; else the person chooses. */
  async showBoth(cell, field, text, { revision, saved }) {
    this.revision = String(revision);
    const theirs = saved[cell.dataset.cell];
    if (theirs === field.dataset.saved) return this.save(cell, field);
    field.classList.add('plancycle-cell--wrong');
    const choice = document.createElement('div');
    choice.className = 'plancycle-query plancycle-query--error';
    choice.append(`Somebody else saved: “${theirs}” `);
    const choose = (label, value) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plancycle-link-button';
      button.textContent = label;
      button.addEventListener('click', () => {
        choice.remove();
        field.value = value;
        field.dataset.saved = theirs;
        field.focus();
        this.turn = this.turn.then(() => this.save(cell, field));
      });
      choice.append(button, ' ');
    };
    choose('Save mine', text);
    choose('Keep theirs', theirs);
    field.after(choice);
    this.tell('Not saved: somebody else changed this cell. Choose which text to keep.');
  }

  refused(field, sentence) {
    field.classList.add('plancycle-cell--wrong');
    this.tell(`Not saved: ${sentence}`);
  }

  settle(field) {
    this.unsaved.delete(field);
  }

  tell(sentence) {
    this.told.textContent = sentence;
  }
}

/** What a refusal says about this cell, else about the whole. */
function reasonOf({ detail, errors }) {
  return errors?.[0]?.detail ?? detail;
}

/** Puts a row's queries beside their cells anew; those without a column stand in the first. */
function showQueries(row, queries) {
  for (const old of row.querySelectorAll('.plancycle-query')) old.remove();
  for (const { column, severity, message, inherited, accepted } of queries) {
    const cells = [...row.querySelectorAll('[data-cell]')];
    const cell = cells.find((one) => one.dataset.cell === column) ?? cells[0];
    const note = document.createElement('span');
    const state = accepted ? ' plancycle-query--accepted' : severity === 'error' ? ' plancycle-query--error' : '';
    note.className = `plancycle-query${state}`;
    const kind = severity[0].toUpperCase() + severity.slice(1);
    const aside = accepted ? ' (accepted with a reason)' : inherited ? ' (from last year’s plan)' : '';
    note.textContent = `${kind}${aside}: ${message}`;
    cell.append(note);
  }
}
