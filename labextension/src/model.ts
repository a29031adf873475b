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

/** What a caught value has to say, in one sentence. */
export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
