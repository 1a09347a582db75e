// What kind of image some bytes are, for platforms that want to be told: cards are drawn as PNG, pictures are kept as JPEG.

export function imageType(bytes: Uint8Array): { readonly mime: string; readonly extension: string } {
  return bytes[0] === 0xff && bytes[1] === 0xd8
    ? { mime: 'image/jpeg', extension: 'jpg' }
    : { mime: 'image/png', extension: 'png' };
}
