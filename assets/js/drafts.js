// Sends what is typed to the draft store when a field is left. The words stay on the page whatever
// happens on the way.

const WAITS = [5_000, 15_000, 30_000, 60_000];
// Never sent as a draft: secrets, files, and the mark that lets a form be sent once.
const KEPT_OUT = 'input[type=password], input[type=file], input[name=once]';
// Pressing a button leaves the field first. Where the press sends the form, no draft goes out: one
// that arrives after the form would come back as words that were never saved.
const SETTLES = 300;
// The longest that a form waits for a draft on its way, in milliseconds.
const PATIENCE = 2_000;

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
    form.addEventListener('submit', (event) => this.submit(event));
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
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(false), SETTLES);
  }

  // Without a connection the browser would leave the page, and the words with it.
  submit(event) {
    if (navigator.onLine) {
      this.stop();
      this.behind(event);
      return;
    }
    event.preventDefault();
    clearTimeout(this.timer);
    this.fail();
    this.status?.scrollIntoView({ block: 'nearest' });
  }

  // A draft on its way arrives first; the form is sent behind it, once.
  behind(event) {
    if (this.waiting) event.preventDefault();
    if (this.waiting || !this.sending) return;
    event.preventDefault();
    this.waiting = true;
    const { submitter } = event;
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([this.flight, patience]).then(() => {
      this.waiting = false;
      this.sending = false;
      this.form.requestSubmit(submitter);
    });
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

  send(leaving) {
    if (!this.changed || this.sending || this.stopped) return;
    clearTimeout(this.timer);
    this.changed = false;
    this.sending = true;
    this.flight = this.fly(leaving);
  }

  async fly(leaving) {
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
    const told = await read(answer);
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      this.lost = true;
      this.say(this.form.dataset.draftOut);
    } else if (answer.ok) {
      this.lost = false;
      this.failures = 0;
      this.say(this.form.dataset.draftSaved.replace('%s', savedAt(told)));
    } else if (told.error) {
      // Refused for a reason, such as its length: sending the same again would not help.
      this.lost = true;
      this.say(told.error);
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

// Gives what the server said, or nothing where it said nothing we understand.
async function read(answer) {
  const kind = answer.headers.get('Content-Type') ?? '';
  return kind.startsWith('application/json') ? answer.json() : {};
}

// The server says when it saved ({"saved_at": "2026-11-23T09:42:00+00:00"}); it is written in
// London time, "9:42".
function savedAt(told) {
  const moment = told.saved_at ? new Date(told.saved_at) : new Date();
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'Europe/London',
  });
  return clock.format(moment).replace(/^0/, '');
}

export function keepDrafts(scope) {
  for (const form of scope.querySelectorAll('form[data-draft-url]')) {
    if (!form.draft) form.draft = new Draft(form);
  }
}
