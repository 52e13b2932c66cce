// What the walk of all pages asks of a page. Put into every window before its own scripts.
// Nothing here changes what the page shows; focus goes from one control to the next.
(() => {
  const TABBED = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable]';
  // What a rule can look at in one element, without its words and addresses.
  const NAMED = ['type', 'role', 'alt', 'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-expanded',
    'aria-controls', 'aria-hidden', 'aria-current', 'aria-sort', 'scope', 'lang', 'tabindex', 'disabled', 'checked'];

  const hash = (text) => {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    return (low >>> 0) * 2097152 + (high >>> 11);
  };

  const one = (element) => {
    const named = NAMED.filter((name) => element.hasAttribute(name))
      .map((name) => (name === 'type' || name === 'role' || name === 'scope' ? name + element.getAttribute(name) : name));
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return `${element.localName}.${element.getAttribute('class') ?? ''}[${named}]${words ? '+' : ''}`;
  };

  // Each element as a rule sees it: itself, within its three nearest.
  const shapes = () => {
    const seen = new Map(), found = new Set();
    for (const element of document.documentElement.getElementsByTagName('*')) {
      const own = one(element), above = seen.get(element.parentElement) ?? [];
      const path = [own, ...above].slice(0, 4);
      seen.set(element, path);
      if (document.body.contains(element) && element.checkVisibility()) found.add(hash(path.join('<')));
    }
    return [...found];
  };

  // Where the Tab key stops, in its order. Of radio buttons with one name it stops at one.
  const stops = () => {
    const groups = new Map();
    return [...document.querySelectorAll(TABBED)].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
      if (element.closest('[inert]')) return false;
      if (element.localName === 'summary' && element.parentElement.querySelector('summary') !== element) return false;
      if (element.type !== 'radio' || !element.name) return true;
      const key = `${element.name} ${element.form ? [...document.forms].indexOf(element.form) : ''}`;
      if (!groups.has(key)) {
        const all = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)]
          .filter((other) => other.form === element.form);
        groups.set(key, all.find((other) => other.checked) ?? all.find((other) => !other.disabled));
      }
      return groups.get(key) === element;
    });
  };

  const told = (element) => (element ? element.outerHTML.slice(0, 160) : 'nothing');
  const edge = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;

  // Where focus is drawn: the control, or for one that is drawn by its label, the label or what is before it.
  const drawn = (element) => {
    const styles = [getComputedStyle(element)], beside = element.nextElementSibling;
    if (element.matches('input[type=radio], input[type=checkbox]') && beside) {
      styles.push(getComputedStyle(beside), getComputedStyle(beside, '::before'));
    }
    return styles;
  };

  // Colours of the reader's own take shadows and backgrounds away and show every outline, a clear one too.
  const shown = (element) => {
    const styles = drawn(element);
    if (!styles.some(edge)) return 'no outline shows focus where colours are the reader’s own';
    const clear = (style) => edge(style) && !/rgba\(.*, 0\)/.test(style.outlineColor);
    if (styles.some((style) => clear(style) || style.boxShadow !== 'none')) return '';
    const paint = () => drawn(element).map((style) => `${style.backgroundColor} ${style.borderColor}`).join();
    const focused = paint();
    element.blur();
    const without = paint();
    element.focus();
    return focused === without ? 'nothing shows focus' : '';
  };

  // Something that stays in front of the page while it moves, over what has focus.
  const covered = (element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return '';
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    for (let front = document.elementFromPoint(x, y); front; front = front.parentElement) {
      if (front === element || front.contains(element)) return '';
      if (/sticky|fixed/.test(getComputedStyle(front).position)) return `hidden behind ${told(front)}`;
    }
    return '';
  };

  const skips = (first) => {
    const target = first?.matches('a.govuk-skip-link') && document.querySelector(first.getAttribute('href'));
    return target && target.matches('main') ? [] : [`the first stop does not lead to the main part: ${told(first)}`];
  };

  // All that needs no key: what the page is made of, where Tab stops, and what is wrong with that.
  const look = () => {
    const all = stops();
    return {
      shapes: shapes(),
      stops: all.map((element) => hash(`${one(element)}<${one(element.parentElement)}`)),
      faults: [
        ...skips(all[0]),
        ...all.filter((element) => element.tabIndex > 0).map((element) => `out of order: ${told(element)}`),
        ...document.getAnimations().map((one) => `moves although the reader wants no motion: ${told(one.effect?.target)}`),
      ],
    };
  };

  const before = (index) => {
    if (index) return stops()[index - 1].focus();
    // From the very beginning, also where a page gave focus to something itself.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  };

  const arrived = (index) => {
    const wanted = stops()[index], at = document.activeElement;
    if (at !== wanted) return `Tab does not come to ${told(wanted)} but to ${told(at)}`;
    const fault = shown(at) || covered(at);
    return fault && `${fault}: ${told(at)}`;
  };

  const left = (index) => (document.activeElement === stops()[index] ? `Tab stays at ${told(document.activeElement)}` : '');

  // Words as far apart as readers may set them, and a window of 1280 pixels at 400 per cent.
  const spacing = new CSSStyleSheet();
  spacing.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
  const wide = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 3).map(told).concat(`${document.documentElement.scrollWidth} wide`);
  };
  // With words apart a table of data may be wider than so narrow a window, and nothing else.
  const apart = () => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')])
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .filter((element) => !element.closest('table, .os-scroll, .os-tabs') && !element.querySelector('table'))
    .slice(0, 3).map(told);
  const narrow = () => {
    const faults = wide();
    for (const element of document.querySelectorAll('.os-page *, .os-top, .os-nav')) {
      if (!/sticky|fixed/.test(getComputedStyle(element).position)) continue;
      if (element.getBoundingClientRect().height > innerHeight / 2) faults.push(`stays in front: ${told(element)}`);
    }
    document.adoptedStyleSheets = [spacing];
    faults.push(...apart().map((fault) => `with words apart: ${fault}`));
    document.adoptedStyleSheets = [];
    return faults;
  };

  window.looking = { look, before, arrived, left, narrow };
})();
