// The page's own words, in the reader's language: the server put them into the page.
const words = JSON.parse(document.querySelector('#words').textContent);

/** The words with this id; `values` stand in for { $name }. */
export function say(id, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{ $${name} }`, value), words[id] ?? id);
}

/** An element with these properties and children. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key.startsWith('aria-') || key.startsWith('data-') || key === 'role') node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** An id that nobody else has (`crypto.randomUUID` exists only where the page came over https). */
export function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
