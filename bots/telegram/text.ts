// Texts within Telegram's lengths. Telegram counts UTF-16 units, as JavaScript does.

export const MESSAGE_LENGTH = 4096;
export const CAPTION_LENGTH = 1024;
export const NOTICE_LENGTH = 200;

/** The text, or as much of it as fits, with an ellipsis; never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, wholeCharacters(text, most - 1))}…`;
}

/** The text in pieces that fit, parted at the last line's end or space where there is one in the piece's second half. */
export function split(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = rest.slice(0, most + 1);
    const line = head.lastIndexOf('\n');
    const space = head.lastIndexOf(' ');
    const at = line > most / 2 ? line : space > most / 2 ? space : wholeCharacters(rest, most);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

function wholeCharacters(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? at - 1 : at;
}
