// Sends what is typed to the draft store when a field is left. The words stay on the page whatever
// happens on the way.

const WAITS = [5_000, 15_000, 30_000, 60_000];
const KEPT_OUT = 'input[type=password], input[type=file]';

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector('[data-draft-status]');
    this.changed = false;
    this.sending = false;
    this.lost = false;
    this.failures = 0;
    this.timer = 0;

    form.addEventListener('change', (event) => this.note(event));
    form.addEventListener('input', () => {
      this.changed = true;
    });
    form.addEventListener('submit', () => this.stop());
    window.addEventListener('online', () => this.again());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.send(true);
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.lost && !this.stopped) event.preventDefault();
    });
  }

  note(event) {
    if (event.target.matches(KEPT_OUT)) return;
    this.changed = true;
    this.send(false);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  again() {
    if (this.lost) {
      this.changed = true;
      this.send(false);
    }
  }

  body() {
    const data = new FormData(this.form);
    for (const input of this.form.querySelectorAll(KEPT_OUT)) data.delete(input.name);
    return data;
  }

  async send(leaving) {
    if (!this.changed || this.sending || this.stopped) return;
    clearTimeout(this.timer);
    this.changed = false;
    this.sending = true;
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: 'POST',
        body: this.body(),
        headers: {
          'X-CSRFToken': this.form.elements.csrfmiddlewaretoken?.value ?? '',
          'X-Requested-With': 'draft',
        },
        credentials: 'same-origin',
        redirect: 'manual',
        keepalive: leaving,
      });
      await this.heard(answer);
    } catch {
      this.fail();
    }
    this.sending = false;
    if (this.changed && !this.lost) this.send(false);
  }

  async heard(answer) {
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      this.lost = true;
      this.say(this.form.dataset.draftOut);
    } else if (answer.ok) {
      this.lost = false;
      this.failures = 0;
      this.say(this.form.dataset.draftSaved.replace('%s', await savedAt(answer)));
    } else {
      this.fail();
    }
  }

  fail() {
    this.lost = true;
    this.changed = true;
    this.say(this.form.dataset.draftLost);
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    if (!this.stopped) this.timer = setTimeout(() => this.again(), wait);
  }

  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
    this.status?.classList.toggle('os-draft--lost', this.lost);
  }
}

// The server says when it saved, in London time; where it does not, this clock stands in.
async function savedAt(answer) {
  const kind = answer.headers.get('Content-Type') ?? '';
  if (kind.startsWith('application/json')) {
    const told = await answer.json();
    if (told.saved) return told.saved;
  }
  const now = new Date();
  return `${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}`;
}

export function keepDrafts(scope) {
  for (const form of scope.querySelectorAll('form[data-draft-url]')) {
    if (!form.draft) form.draft = new Draft(form);
  }
}
