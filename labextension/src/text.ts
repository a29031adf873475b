// Words, numbers and times as the reader of the page says them.

import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { KindName, RunState, Severity, Verdict } from './api/schema';

export class Text {
  constructor(translator: ITranslator) {
    this.trans = translator.load('mlnb');
    this.locale = (translator.languageCode ?? 'en').replace('_', '-');
  }

  readonly trans: TranslationBundle;
  readonly locale: string;

  kind(kind: KindName): string {
    const { trans } = this;
    return {
      exploration: trans.__('Exploration'),
      cleaning: trans.__('Cleaning'),
      experiment: trans.__('Experiment'),
      deployment: trans.__('Deployment')
    }[kind];
  }

  severity(severity: Severity): string {
    const { trans } = this;
    return { error: trans.__('Error'), warn: trans.__('Warning'), info: trans.__('Note') }[severity];
  }

  runState(state: RunState): string {
    const { trans } = this;
    return {
      queued: trans.__('Queued'),
      running: trans.__('Running'),
      succeeded: trans.__('Succeeded'),
      failed: trans.__('Failed'),
      cancelled: trans.__('Cancelled'),
      lost: trans.__('Lost')
    }[state];
  }

  verdict(verdict: Verdict): string {
    const { trans } = this;
    return {
      identical: trans.__('Identical'),
      'within tolerance': trans.__('Within tolerance'),
      different: trans.__('Different'),
      'not checked': trans.__('Not checked')
    }[verdict];
  }

  /** Cells are counted from 0 on the wire and from 1 by people. */
  cell(index: number): string {
    return this.trans.__('cell %1', index + 1);
  }

  cells(indices: readonly number[]): string {
    if (indices.length === 1) {
      return this.cell(indices[0]!);
    }
    return this.trans.__('cells %1', ranges(indices.map(index => index + 1)));
  }

  /** `3 weeks ago`. */
  age(when: string, now: Date = new Date()): string {
    const moment = new Date(when);
    if (Number.isNaN(moment.getTime())) {
      return when;
    }
    const seconds = (moment.getTime() - now.getTime()) / 1000;
    const [size, unit] = AGES.find(([least]) => Math.abs(seconds) >= least) ?? [1, 'second' as const];
    // numeric "auto" says "yesterday" and "now", as people do
    const format = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
    return unit === 'second' ? format.format(0, 'second') : format.format(Math.round(seconds / size), unit);
  }

  /** The same moment with date and time of day, for a tooltip. */
  moment(when: string): string {
    const moment = new Date(when);
    return Number.isNaN(moment.getTime())
      ? when
      : moment.toLocaleString(this.locale, { dateStyle: 'full', timeStyle: 'short' });
  }

  /**
   * A message of the server, which begins as on a command line, as a sentence.
   * A name or anything quoted at its beginning stays as it is.
   */
  sentence(message: string): string {
    const first = /^\p{Ll}+(?= )/u.exec(message)?.[0];
    const begun =
      first && first !== 'mlnb' ? message[0]!.toLocaleUpperCase(this.locale) + message.slice(1) : message;
    return /[\p{L}\p{N}”)]$/u.test(begun) ? `${begun}.` : begun;
  }

  duration(seconds: number): string {
    const { trans } = this;
    if (seconds < 10) {
      return trans.__('%1 s', this.number(Math.round(seconds * 10) / 10));
    }
    if (seconds < 60) {
      return trans.__('%1 s', Math.round(seconds));
    }
    const minutes = Math.floor(seconds / 60);
    return minutes < 60
      ? trans.__('%1 min %2 s', minutes, Math.floor(seconds % 60))
      : trans.__('%1 h %2 min', Math.floor(minutes / 60), minutes % 60);
  }

  /** At most four digits that matter: a chip has no room for more, its tooltip has. */
  number(value: number): string {
    return value.toLocaleString(this.locale, {
      maximumSignificantDigits: 4,
      useGrouping: Math.abs(value) >= 10_000
    });
  }

  count(value: number): string {
    return value.toLocaleString(this.locale);
  }
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const AGES: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [365 * DAY, 'year'],
  [30 * DAY, 'month'],
  [7 * DAY, 'week'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute']
];

/** `1–3, 5` for 1, 2, 3, 5. */
function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const spans: [number, number][] = [];
  for (const each of sorted) {
    const last = spans.at(-1);
    if (last && each === last[1] + 1) {
      last[1] = each;
    } else {
      spans.push([each, each]);
    }
  }
  return spans.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
