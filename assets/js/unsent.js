// A form with `data-unsent` is sent from its page. While there is no connection it waits there,
// says so, and is sent once when the connection is back. It waits in the page and nowhere else:
// nothing of it is kept by the browser when the page is left.

const WAITS = [3_000, 5_000, 10_000, 30_000];
// What stands between us and the server says that it does not answer.
const NOBODY = [502, 503, 504];

class Unsent {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector('[data-unsent-note]');
    this.failures = 0;
    form.addEventListener('submit', (event) => this.submit(event));
    window.addEventListener('online', () => this.waiting && this.send());
    window.addEventListener('beforeunload', (event) => {
      if (this.waiting) event.preventDefault();
    });
  }

  submit(event) {
    if (this.sent) return;
    event.preventDefault();
    if (!this.sending) this.send();
  }

  // What arrived is found again by the form's own mark (`once`), so sending twice records once.
  // The second time is the browser's own, and leads on to whatever page the answer is.
  async send() {
    clearTimeout(this.timer);
    this.sending = true;
    try {
      const answer = await fetch(this.form.action, {
        method: 'POST',
        body: new FormData(this.form),
        credentials: 'same-origin',
        redirect: 'manual',
      });
      if (NOBODY.includes(answer.status)) throw new Error('nobody answers');
    } catch {
      this.wait();
      return;
    }
    this.waiting = false;
    this.sent = true;
    this.say('');
    this.form.submit();
  }

  wait() {
    this.sending = false;
    this.waiting = true;
    this.say(this.form.dataset.unsent);
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.waiting && this.send(), wait);
  }

  say(words) {
    if (!this.note || this.note.textContent === words) return;
    this.note.textContent = words;
    this.note.classList.toggle('os-note', Boolean(words));
    this.note.classList.toggle('os-note--late', Boolean(words));
    if (words) this.note.scrollIntoView({ block: 'center' });
  }
}

export function sendWhenThereIsAConnection(scope) {
  for (const form of scope.querySelectorAll('form[data-unsent]')) {
    if (!form.unsent) form.unsent = new Unsent(form);
  }
}
