// The state of the split dialog: where the notebook may be split, what was chosen, and how far the split is.

import type { KindName, SplitJob, SplitOffer, SplitOffers } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf, Model, Question } from '../model';
import { Ticker } from '../ticker';

export class SplitModel extends Model {
  constructor(options: SplitModel.IOptions) {
    super();
    this._client = options.client;
    this.path = options.path;
    this._delay = options.delay ?? 150;
    this._ticker = new Ticker(() => this._followUp(), options.interval ?? 500);
  }

  readonly path: string;

  get state(): SplitModel.State {
    if (this._isStarting || this._job?.state === 'running') {
      return 'splitting';
    }
    return STATES[this._offers.state];
  }

  /** Why nothing could be offered, or why the split did not work. */
  get error(): string | null {
    return this._error ?? this._offers.error;
  }

  get offers(): SplitOffers | null {
    return this._offers.answer;
  }

  get chosen(): SplitOffer | null {
    return this._chosen;
  }

  get kind(): KindName | null {
    return this._kind;
  }

  get title(): string {
    return this._title;
  }

  /** What the second half would be called; as offered, until kind or title are edited. */
  get target(): string | null {
    return this._target.answer ?? (this._isEdited ? null : (this._chosen?.path ?? null));
  }

  /** Why the second half cannot be called so. */
  get problem(): string | null {
    return this._target.error;
  }

  get job(): SplitJob | null {
    return this._job;
  }

  get canSplit(): boolean {
    return (
      this.state === 'ready' &&
      this._chosen !== null &&
      this._kind !== null &&
      this._title.trim() !== '' &&
      this.problem === null
    );
  }

  async load(): Promise<void> {
    this._error = null;
    if (await this._offers.ask(() => this._client.splitOffers(this.path))) {
      const first = this.offers!.offers.find(each => refusal(each) === null);
      if (first) {
        this.choose(first);
      }
    }
  }

  choose(offer: SplitOffer): void {
    if (refusal(offer) !== null) {
      return;
    }
    this._chosen = offer;
    this._kind = offer.kind;
    this._title = offer.title;
    this._isEdited = false;
    this._error = null;
    this._target.forget();
  }

  setKind(kind: KindName): void {
    this._kind = kind;
    this._edited(0);
  }

  setTitle(title: string): void {
    this._title = title;
    this._edited(this._delay);
  }

  /** Split, and return the path of the second half; null if it was refused, failed or cancelled. */
  async split(): Promise<string | null> {
    if (!this.canSplit) {
      return null;
    }
    this._isStarting = true;
    this._error = null;
    this.notify();
    const ended = new Promise<void>(resolve => (this._end = resolve));
    try {
      this._take(
        await this._client.split({
          path: this.path,
          cell: this._chosen!.cell,
          kind: this._kind!,
          title: this._title.trim(),
          sha256: this.offers?.sha256 || null
        })
      );
      this._isStarting = false;
      this.notify();
    } catch (reason) {
      this._isStarting = false;
      this._error = messageOf(reason);
      this.notify();
      return null;
    }
    await ended;
    return this._job?.state === 'done' ? this._job.path : null;
  }

  async cancel(): Promise<void> {
    if (this._job?.state !== 'running') {
      return;
    }
    try {
      this._take(await this._client.cancelSplit(this._job.id));
    } catch (reason) {
      this._error = messageOf(reason);
    }
    this.notify();
  }

  override dispose(): void {
    this._ticker.stop();
    this._offers.stop();
    this._target.stop();
    super.dispose();
  }

  private _edited(pause: number): void {
    this._isEdited = true;
    this._error = null;
    this._target.forget();
    if (this._kind === null || this._title.trim() === '') {
      return;
    }
    void this._target.ask(async () => {
      const cwd = this.path.split('/').slice(0, -1).join('/');
      const { path, problem } = await this._client.previewCreate({
        cwd,
        kind: this._kind!,
        title: this._title.trim()
      });
      if (path === null) {
        throw new Error(problem ?? '');
      }
      return path;
    }, pause);
  }

  private _take(job: SplitJob): void {
    this._job = job;
    if (job.state === 'running') {
      this._ticker.start();
      return;
    }
    this._error = job.problem;
    this._ticker.stop();
    this._end();
  }

  private async _followUp(): Promise<boolean> {
    const job = this._job;
    if (job?.state !== 'running') {
      return false;
    }
    try {
      this._take(await this._client.splitJob(job.id));
      this._error = this._job?.problem ?? null;
    } catch (reason) {
      this._lose(job, reason);
    }
    this.notify();
    return this._job?.state === 'running';
  }

  /** A server that does not answer may come back; one that cannot tell of the job will not do so later. */
  private _lose(job: SplitJob, reason: unknown): void {
    if ((reason as { status?: number }).status) {
      this._take({ ...job, state: 'failed', problem: messageOf(reason) });
    } else {
      this._error = messageOf(reason);
    }
  }

  private readonly _client: IClient;
  private readonly _delay: number;
  private readonly _ticker: Ticker;
  private readonly _offers = new Question<SplitOffers>(() => this.notify());
  private readonly _target = new Question<string>(() => this.notify());
  private _chosen: SplitOffer | null = null;
  private _kind: KindName | null = null;
  private _title = '';
  private _isEdited = false;
  private _job: SplitJob | null = null;
  private _isStarting = false;
  private _error: string | null = null;
  private _end: () => void = () => undefined;
}

export namespace SplitModel {
  export type State = 'loading' | 'failed' | 'ready' | 'splitting';

  export interface IOptions {
    client: IClient;
    path: string;
    /** Milliseconds of quiet before the server is asked about a title. */
    delay?: number;
    /** Milliseconds between two looks at a split under way. */
    interval?: number;
  }
}

const STATES: Record<Question.State, SplitModel.State> = {
  idle: 'loading',
  asking: 'loading',
  answered: 'ready',
  failed: 'failed'
};

/** Why a notebook cannot be split here, or null. */
export function refusal(offer: SplitOffer): string | null {
  return offer.crossing.find(each => each.how === 'refused')?.detail ?? null;
}
