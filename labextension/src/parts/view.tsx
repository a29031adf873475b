// A widget that draws a model, again after each of its changes.

import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';

/** Anything that says when it has changed. */
export interface IChanging {
  readonly changed: ISignal<unknown, void>;
}

export class View extends ReactWidget {
  constructor(options: View.IOptions) {
    super();
    this.addClass('mlnb-View');
    this._models = options.models;
    this._draw = options.draw;
  }

  /** Emitted when the widget comes into view (true) or goes out of it (false). */
  get visibilityChanged(): ISignal<this, boolean> {
    return this._visibilityChanged;
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._tell();
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this._tell();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._tell();
  }

  protected override onAfterDetach(msg: Message): void {
    super.onAfterDetach(msg);
    this._tell();
  }

  protected render(): JSX.Element {
    return this._models.reduceRight<() => JSX.Element>(
      (inner, model) => () => <UseSignal signal={model.changed}>{() => inner()}</UseSignal>,
      this._draw
    )();
  }

  private _tell(): void {
    if (this.isVisible !== this._wasVisible) {
      this._wasVisible = this.isVisible;
      this._visibilityChanged.emit(this.isVisible);
    }
  }

  private readonly _models: readonly IChanging[];
  private readonly _draw: () => JSX.Element;
  private readonly _visibilityChanged = new Signal<this, boolean>(this);
  private _wasVisible = false;
}

export namespace View {
  export interface IOptions {
    models: readonly IChanging[];
    draw: () => JSX.Element;
  }
}
