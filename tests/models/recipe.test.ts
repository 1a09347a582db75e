// The recipe's own parts, without the fonts: outlines become pixels, probabilities become honest, strangers are no characters.
import { describe, expect, it } from 'vitest';
import { outlineFont } from '../support/outline-font.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { renderCharacter } from '../../models/recipe/outlines.ts';
import { recipeOf } from '../../models/recipe/recipes.ts';
import { unknownCharacters } from '../../models/recipe/unknown-characters.ts';

const share = (bits: Uint8Array): number => bits.reduce((sum, bit) => sum + bit, 0) / bits.length;

describe('outlines', () => {
  it('fill a frame and leave its hole, the longer side as long as the picture', () => {
    const rendering = renderCharacter(outlineFont, 'frame', 60);
    expect(rendering?.side).toBe(60);
    const at = (x: number, y: number): number | undefined => rendering?.bits[y * 60 + x];
    // 200 wide, 300 high, walls of 50: 40 × 60 pixels, walls of 10
    expect(at(30, 30)).toBe(0);
    expect(at(12, 30)).toBe(1);
    expect(at(5, 30)).toBe(0);
    expect(at(30, 2)).toBe(1);
    expect(share(rendering?.bits ?? new Uint8Array(1))).toBeCloseTo((40 * 60 - 20 * 40) / 3600, 2);
  });

  it('keep parts that overlap inked, and follow curves', () => {
    expect(share(renderCharacter(outlineFont, 'overlap', 40)?.bits ?? new Uint8Array(1))).toBe(1);
    expect(share(renderCharacter(outlineFont, 'disc', 100)?.bits ?? new Uint8Array(1))).toBeCloseTo(Math.PI / 4, 1);
  });

  it('give nothing for a character that the font lacks or draws blank', () => {
    expect(renderCharacter(outlineFont, 'missing', 40)).toBeNull();
    expect(renderCharacter(outlineFont, 'blank', 40)).toBeNull();
  });
});

describe('recipes and strangers', () => {
  it('there is one for each shipped alphabet, and its shares leave room for synthesis', () => {
    for (const { id } of shippedAlphabets) {
      const { realShare, junkShare, epochs } = recipeOf(id);
      expect(realShare + junkShare).toBeLessThan(0.9);
      expect(epochs).toBeGreaterThan(0);
    }
    expect(() => recipeOf('runes')).toThrow('no recipe for runes');
  });

  it('never call a character of the alphabet a stranger, nor what cannot be told from one', () => {
    for (const alphabet of shippedAlphabets) {
      const own = new Set(alphabet.labels.map((label) => label.text));
      expect(unknownCharacters(alphabet).length).toBeGreaterThan(20);
      for (const text of unknownCharacters(alphabet)) expect(own.has(text)).toBe(false);
    }
    for (const twin of ['O', 'o', 'l', 'I']) expect(unknownCharacters(digits)).not.toContain(twin);
  });
});
