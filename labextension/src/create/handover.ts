// What a finding is called when a notebook goes on with it.

const LONGEST = 60;

/** The text in one line and without its marks of Markdown. */
export function plainOf(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^(?:[#>\s]|[-*+]\s)+/gm, '')
    .replace(/(?<!\w)([*_`]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)/g, '$2')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first sentence, after “→” if there is one, cut at a word and begun like a title: people edit it. */
export function titleOf(text: string): string {
  const plain = plainOf(
    text
      .split(/→|->|=>/)
      .filter(each => each.trim() !== '')
      .at(-1) ?? ''
  );
  const sentence = /^.+?(?=[.!?;:](\s|$))/.exec(plain)?.[0] ?? plain;
  const cut = sentence.slice(0, LONGEST + 1);
  const end = cut.length > LONGEST ? cut.lastIndexOf(' ') : cut.length;
  const title = cut.slice(0, end > 0 ? end : LONGEST);
  // A name such as `x_1` or iPhone stays as it is.
  return /^\p{Ll}+(?= |$)/u.test(title) ? title[0]!.toLocaleUpperCase() + title.slice(1) : title;
}
