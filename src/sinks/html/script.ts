/**
 * The script of the document, as it stands in it: search, filters, sorting, copying, and opening what a link leads to.
 * It writes text and attributes only, never HTML, and holds no data: everything is in the document already.
 */
export const script = String.raw`'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const figure = number => number.toLocaleString('en');
  const lower = element => element.textContent.toLowerCase();

  const byName = (a, b) => (a.querySelector('strong').textContent < b.querySelector('strong').textContent ? -1 : 1);
  const openness = ['internet', 'allAzure', 'selectedNetworks', 'perimeterRules', 'privateOnly', 'closed', 'unknown', ''];
  const orders = {
    Name: () => 0,
    'Most open': (a, b) => openness.indexOf(a.dataset.reach) - openness.indexOf(b.dataset.reach),
    'Most failures': (a, b) => b.dataset.fail - a.dataset.fail,
    'Lowest score': (a, b) => (a.dataset.floor === '' ? 101 : a.dataset.floor) - (b.dataset.floor === '' ? 101 : b.dataset.floor),
  };

  // Filters. An item has a reach and a subscription; its findings, where it has some, a status and a severity.
  for (const tools of all('.tools')) {
    const list = document.getElementById(tools.dataset.over);
    const items = all('[data-item]', list).map(element => ({ element, rows: all('.findings>tbody>tr[id]', element), heading: element.querySelector('summary') || element }));
    const says = tools.querySelector('[role=status]');
    const fields = all('input,select', tools);
    const [clearing] = all('button', tools);
    const hasFindings = items.some(item => item.rows.length > 0);
    const textOf = new Map();
    const matches = (element, text) => {
      if (text === '') return true;
      if (!textOf.has(element)) textOf.set(element, lower(element));
      return textOf.get(element).includes(text);
    };
    const apply = () => {
      const wanted = Object.fromEntries(fields.map(field => [field.name, field.value.trim().toLowerCase()]));
      const { text = '', reach = '', subscription = '', status = '', severity = '' } = wanted;
      const narrowed = text !== '' || status !== '' || severity !== '';
      let found = 0;
      let findings = 0;
      for (const { element, rows, heading } of items) {
        const isIn = (reach === '' || element.dataset.reach.toLowerCase() === reach) && (subscription === '' || element.dataset.subscription.toLowerCase() === subscription);
        const isNamed = matches(heading, text);
        let shown = 0;
        for (const row of rows) {
          const fits = isIn && (status === '' || row.parentElement.className.toLowerCase() === status) && (severity === '' || lower(row.cells[0]) === severity) && (isNamed || matches(row, text));
          row.hidden = !fits;
          if (fits) shown += 1;
        }
        for (const group of all('.findings>tbody', element)) group.hidden = !group.querySelector('tr[id]:not([hidden])');
        const fits = isIn && (shown > 0 || (isNamed && status === '' && severity === ''));
        element.hidden = !fits;
        if (fits) found += 1;
        findings += shown;
      }
      for (const kind of all('.kind', list)) kind.hidden = !kind.querySelector('[data-item]:not([hidden])');
      if (hasFindings && narrowed && found <= 12) for (const { element } of items) if (!element.hidden) element.open = true;
      says.textContent = figure(found) + ' of ' + figure(items.length) + (hasFindings ? ' resources, ' + figure(findings) + ' findings' : ' accounts') + (found === 0 ? ': nothing matches.' : '.');
    };
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(apply, 120);
    };
    const clear = () => {
      for (const field of fields) field.value = '';
      apply();
    };
    tools.addEventListener('input', later);
    clearing.addEventListener('click', () => {
      clear();
      fields[0].focus();
    });
    list.addEventListener('reveal', clear);
    if (hasFindings) {
      const sort = make('select', '');
      for (const name of Object.keys(orders)) sort.add(new Option(name));
      const label = make('label', 'Sort by');
      label.append(sort);
      sort.addEventListener('change', () => {
        for (const kind of all('.kind', list)) kind.lastElementChild.append(...all('[data-item]', kind).sort((a, b) => orders[sort.value](a, b) || byName(a, b)));
      });
      tools.insertBefore(label, clearing);
      for (const [name, open] of [['Open all', true], ['Close all', false]]) {
        const button = make('button', name, { type: 'button' });
        button.addEventListener('click', () => {
          for (const { element } of items) if (!element.hidden) element.open = open;
        });
        tools.append(button);
      }
    }
    tools.hidden = false;
    apply();
  }

  // Sorting. A row may carry its order; numbers sort as numbers, an empty or "–" cell last.
  for (const table of all('table.sortable')) {
    const body = table.tBodies[0];
    all('thead th', table).forEach((head, column) => {
      const button = make('button', head.textContent, { type: 'button' });
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of all('thead th', table)) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const key = row => {
          const cell = row.cells[column];
          return row.dataset.order !== undefined && cell.querySelector('.c') ? row.dataset.order : cell.textContent.trim();
        };
        const number = text => (/^[\d,.]+( %)?$/.test(text) ? Number(text.replace(/[^\d.]/g, '')) : null);
        const order = (a, b) => {
          const [x, y] = [number(a.key), number(b.key)];
          if (x !== null && y !== null) return x - y;
          if (x !== null || y !== null) return x === null ? 1 : -1;
          return a.key < b.key ? -1 : Number(a.key > b.key);
        };
        const rows = [...body.rows].map(row => ({ row, key: key(row) })).sort((a, b) => (down ? order(b, a) : order(a, b)));
        body.append(...rows.map(({ row }) => row));
      });
    });
  }

  // Copying. Where the browser keeps the clipboard to itself, the text is selected instead.
  for (const figure of all('.code')) {
    const button = make('button', 'Copy', { type: 'button', className: 'copy' });
    button.setAttribute('aria-label', 'Copy ' + figure.querySelector('figcaption').textContent);
    const text = figure.querySelector('code');
    const tell = word => {
      button.textContent = word;
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    };
    const select = () => {
      getSelection().selectAllChildren(text);
      tell('Selected');
    };
    button.addEventListener('click', () => {
      if (!navigator.clipboard) select();
      else navigator.clipboard.writeText(text.textContent).then(() => tell('Copied'), select);
    });
    figure.querySelector('figcaption').append(button);
  }

  // A link leads to something open and visible.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const hidden = target.closest('[hidden]');
    const list = target.closest('#found');
    if (hidden && list) list.dispatchEvent(new Event('reveal'));
    for (let part = target.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();
})();
`;
