// Whose work the seeds were taught and tested with, and under which licence.

export const setCredits: Readonly<Record<string, string>> = {
  'mnist-cazala10k':
    'MNIST (Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0), 10,000 pictures as packed in cazala/mnist (MIT)',
  'semeion-digits':
    'Semeion Handwritten Digit (Semeion Research Center of Sciences of Communication, Rome, and Tactile, Brescia; CC BY 4.0, UCI Machine Learning Repository)',
  'omniglot-latin-lower': 'Omniglot (© 2015 Brenden Lake; MIT), Latin alphabet',
  'omniglot-katakana': 'Omniglot (© 2015 Brenden Lake; MIT), Japanese (katakana)',
  'omniglot-greek-lower': 'Omniglot (© 2015 Brenden Lake; MIT), Greek alphabet',
  'comnist-cyrillic': 'CoMNIST (Gregory Vial; CC BY-SA 4.0), as packed in Aroaky/QMNIST',
  'qazaq-i': 'QMNIST (Aroaky; CC BY-SA 4.0), the letter і',
  'kanjivg-kana': 'KanjiVG (© Ulrich Apel; CC BY-SA 3.0), kana, drawn with pens of three widths: measured only',
  'photochars-latin-digits':
    'photographed characters (TasnimulIntazamAsif/Handwritten_Letter_Indentification; MIT, the origin of the photos is unclear): measured only',
};
