// Menus made of <details data-closes> close on Escape and on a click elsewhere.

const OPEN = 'details[data-closes][open]';

export function closeMenus(document) {
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll(OPEN)) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}
