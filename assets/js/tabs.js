// Where tabs or views scroll sideways, the open one is in sight.
export function showCurrent(scope) {
  for (const row of scope.querySelectorAll('.os-tabs, .os-chipbar')) {
    const open = row.querySelector('[aria-current]');
    if (open && row.scrollWidth > row.clientWidth) {
      const { left, width } = open.getBoundingClientRect();
      row.scrollLeft += left - row.getBoundingClientRect().left - (row.clientWidth - width) / 2;
    }
  }
}
