// After htmx has put a new part into the page: wake its components, tell readers what changed, and
// move focus to its heading, as a fresh page would.
//   data-announce="…" on the new part   said politely
//   data-focus on the new part          focus goes to its first heading, or to itself

export function announceSwaps(document, wake) {
  document.body.addEventListener('htmx:afterSettle', (event) => {
    const part = event.detail.elt;
    wake(part.parentElement ?? part);
    const told = part.dataset?.announce ?? part.querySelector('[data-announce]')?.dataset.announce;
    if (told) document.getElementById('os-live').textContent = told;
    const target = part.matches?.('[data-focus]') ? part : part.querySelector('[data-focus]');
    if (target) focusOn(target.querySelector('h1, h2, h3') ?? target);
  });
}

function focusOn(element) {
  if (!element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1');
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus();
}
