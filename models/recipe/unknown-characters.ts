// What is no character of an alphabet but may be sent to it: other scripts' characters, less those that have the shape of one
// of its own (a Latin O is a digit's 0; nobody can tell).
import type { Alphabet } from '../../src/alphabet/alphabet.ts';

const latin = 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b c d e f g h i j k l m n o p q r s t u v w x y z';
const digits = '0 1 2 3 4 5 6 7 8 9';
const greek = 'α β γ δ ε ζ η θ κ λ μ ξ π ρ σ τ φ χ ψ ω Γ Δ Θ Λ Ξ Π Σ Φ Ψ Ω';
const cyrillic = 'б д ж и й л ф ц ч ш щ ю я Б Д Ж И Й Л Ф Ц Ч Ш Щ Ю Я ы э';
const signs = '! ? & @ # % * + = / ( ) [ ] { } < > $ € ; :';

/** Characters of other scripts and signs that read as something else than any of the alphabet's. */
const unknownCharactersOf: Readonly<Record<string, { readonly all: readonly string[]; readonly alike: string }>> = {
  digits: {
    all: [latin, greek, cyrillic, signs],
    // b 6, g q 9, I l i j | 1, O o D Q 0, S s 5, Z z 2, B 8, T 7, A and h and y by some hands 4, ч Ч 4, э Э з 3, б 6, δ 8
    alike: 'b g q I l i j O o D Q S s Z z B T h y Y ч Ч э б ( ) [ ] { } / ! θ σ δ ρ β & $ G a J Б ъ ε ξ τ Γ',
  },
  latin: {
    all: [greek, cyrillic, signs],
    alike: '+ α β γ ε ζ η κ ν ρ σ τ υ χ ω Г Ф й и И ( ) [ ] / ! Б б $ € ч ь δ θ λ { } < > д μ π Я',
  },
  ukrainian: {
    all: [greek, signs, 'D F G J L N Q R S V W Z f h j l q r s t v w z'],
    alike: 'Γ Π Φ π φ γ ε κ ρ σ τ χ ω λ Λ { } ( ) [ ] / ! α θ β δ J j L l r s h q S N U W w Z z v V R D G t f η μ',
  },
  hiragana: {
    all: [latin, digits, greek, cyrillic, signs],
    alike: 'c C l L J j v u U V n h z Z 3 5 S s T t i ( ) < > = / ! [ ] { } K k + ; :',
  },
  katakana: {
    all: [latin, digits, greek, 'ν', cyrillic, signs],
    alike: 'T t I H E F L l J j V y Y X x 7 3 5 / = + ( ) [ ] { } < > ! h i U u r Γ Π П χ Λ л 1 Z z Л O o D 0 C ; :',
  },
};

export function unknownCharacters(alphabet: Alphabet): readonly string[] {
  const known = unknownCharactersOf[alphabet.id];
  if (known === undefined) return [];
  const own = new Set(alphabet.labels.map((label) => label.text));
  const alike = new Set(known.alike.split(' '));
  return known.all.flatMap((text) => text.split(' ')).filter((text) => !own.has(text) && !alike.has(text));
}
