// The base of all models: state that says when it has changed.

import type { IObservableDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

export abstract class Model implements IObservableDisposable {
  /** Emitted after any change of the state. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get disposed(): ISignal<this, void> {
    return this._disposed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._disposed.emit();
    Signal.clearData(this);
  }

  protected notify(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _disposed = new Signal<this, void>(this);
  private _isDisposed = false;
}

/**
 * A question to the server, of which only the newest asking counts.
 * The answer before stays until there is another one, or until it is forgotten.
 */
export class Question<T> {
  /** `changed` is called after any change of the state. */
  constructor(changed: () => void) {
    this._changed = changed;
  }

  get state(): Question.State {
    return this._state;
  }

  get answer(): T | null {
    return this._answer;
  }

  /** One sentence: why there is no answer. */
  get error(): string | null {
    return this._error;
  }

  /** Ask, after a pause in which nothing else was asked; true if the answer came and is the newest one. */
  async ask(request: () => Promise<T>, pause = 0): Promise<boolean> {
    const turn = this._begin();
    this._set('asking', null);
    if (pause > 0) {
      await new Promise(resolve => (this._timer = setTimeout(resolve, pause)));
    }
    try {
      const answer = await request();
      if (turn === this._turn) {
        this._answer = answer;
        this._set('answered', null);
      }
      return turn === this._turn;
    } catch (reason) {
      if (turn === this._turn) {
        this._set('failed', messageOf(reason));
      }
      return false;
    }
  }

  /** Forget the answer, and do not listen to one that is under way. */
  forget(): void {
    this._begin();
    this._answer = null;
    this._set('idle', null);
  }

  /** Do not listen to an answer that is under way, and say nothing more. */
  stop(): void {
    this._begin();
  }

  private _begin(): number {
    clearTimeout(this._timer);
    return ++this._turn;
  }

  private _set(state: Question.State, error: string | null): void {
    this._state = state;
    this._error = error;
    this._changed();
  }

  private readonly _changed: () => void;
  private _state: Question.State = 'idle';
  private _answer: T | null = null;
  private _error: string | null = null;
  private _turn = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

export namespace Question {
  export type State = 'idle' | 'asking' | 'answered' | 'failed';
}

/** What a caught value has to say, in one sentence. */
export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
