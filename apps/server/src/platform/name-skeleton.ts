/*
 * What a name looks like, after the confusable skeleton of UTS 39: two names with the same skeleton are easily mistaken
 * for each other. The table covers scripts whose letters pass for Latin ones; NFKD does the rest, such as full-width and
 * mathematical letters.
 */

/** Letters in lower case and the Latin letters that they, or their capitals, look like. */
const LOOKALIKES: readonly (readonly [letters: string, latin: string])[] = [
  // Cyrillic
  ['авекмнорстухіјѕһԁԛԝԍґпӏ', 'abekmhopctyxljshdqwgrnl'],
  // Greek
  ['αβεζηικμνορτυχωγ', 'abezhlkmnoptyxwy'],
  // Armenian
  ['օսոհզյցտ', 'ounhqjgs'],
  // Cherokee
  ['ꭺᏼꮯꭰꭼꮋꭻꮶꮮꮇꮲꮪꭲꮩꮤꮓꮢ', 'abcdehjklmpstvwzr'],
  // Latin letters without a decomposition, and digits
  ['ıłøđħɑɡʟɪɴʀ', 'llodhagllnr'],
  ['i1|0', 'lllo'],
]
const LATIN_OF = new Map(
  LOOKALIKES.flatMap(([letters, latin]) =>
    Array.from(letters, (letter, index): [string, string] => [letter, latin[index] ?? letter]),
  ),
)
const PAIRS: readonly (readonly [pair: string, letter: string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
]
/** Marks, white space, punctuation and whatever is invisible make no difference at a glance. */
const UNSEEN = /[\p{M}\p{Z}\p{P}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** The skeleton of a name. Case, accents, width, spaces and punctuation don't count. */
export function nameSkeleton(name: string): string {
  const folded = name.normalize('NFKD').toLowerCase().normalize('NFKD').replace(UNSEEN, '')
  const latin = Array.from(folded, (letter) => LATIN_OF.get(letter) ?? letter).join('')
  return PAIRS.reduce((seen, [pair, letter]) => seen.replaceAll(pair, letter), latin)
}
