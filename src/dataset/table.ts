// A table of labels as programs write it: columns parted by tabs, or by commas or semicolons; a column may stand in quotes. Pure.

/** What parts the columns, as the first line shows: a tab where there is one. */
export function partedBy(line: string): string {
  const [tab, comma, semicolon] = ['\t', ',', ';'].map((mark) => columnsOf(line, mark).length);
  if ((tab ?? 1) > 1 || Math.max(comma ?? 1, semicolon ?? 1) === 1) return '\t';
  return (semicolon ?? 1) > (comma ?? 1) ? ';' : ',';
}

/** The columns of a line. In quotes a quote is doubled; a column that is a lone quote is that character. */
export function columnsOf(line: string, mark: string): readonly string[] {
  const columns: string[] = [];
  for (let at = 0; at <= line.length;) {
    const quoted = /^"((?:[^"]|"")*)"/u.exec(line.slice(at));
    const after = at + (quoted?.[0].length ?? 0);
    if (quoted !== null && (after === line.length || line.startsWith(mark, after))) {
      columns.push((quoted[1] ?? '').replaceAll('""', '"'));
      at = after + 1;
    } else {
      const end = line.indexOf(mark, at);
      columns.push(line.slice(at, end === -1 ? line.length : end));
      at = end === -1 ? line.length + 1 : end + 1;
    }
  }
  return columns;
}
